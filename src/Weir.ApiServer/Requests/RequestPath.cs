namespace Weir.ApiServer.Requests;

/// <summary>
/// What a URL path means, as kube-apiserver's RequestInfo: the resource parts are empty for paths that name no resource.
/// </summary>
internal sealed record RequestPath
{
    public bool IsResource { get; init; }

    /// <summary>A watch by its path: <c>/api/v1/watch/configmaps</c>.</summary>
    public bool IsWatch { get; init; }

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Name { get; init; } = "";

    public string Subresource { get; init; } = "";

    /// <summary>What follows the subresource, as in <c>services/x/proxy/path</c>.</summary>
    public string Rest { get; init; } = "";

    public static RequestPath Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string group, version;
        int at;
        if (parts.Length >= 3 && parts[0] == "api")
        {
            (group, version, at) = ("", parts[1], 2);
        }
        else if (parts.Length >= 4 && parts[0] == "apis")
        {
            (group, version, at) = (parts[1], parts[2], 3);
        }
        else
        {
            return new RequestPath();
        }

        // The old form of watches: the path says it.
        var isWatch = parts[at] == "watch" && parts.Length > at + 1;
        if (isWatch)
        {
            at++;
        }

        var ns = "";
        if (parts[at] == "namespaces" && parts.Length > at + 1)
        {
            ns = parts[at + 1];
            if (parts.Length > at + 2 && !(group.Length == 0 && parts.Length == at + 3 && parts[at + 2] is "status" or "finalize"))
            {
                at += 2;
            }
        }

        return new RequestPath
        {
            IsResource = true,
            IsWatch = isWatch,
            Group = group,
            Version = version,
            Namespace = ns,
            Resource = parts[at],
            Name = parts.Length > at + 1 ? parts[at + 1] : "",
            Subresource = parts.Length > at + 2 ? parts[at + 2] : "",
            Rest = parts.Length > at + 3 ? string.Join('/', parts[(at + 3)..]) : "",
        };
    }
}

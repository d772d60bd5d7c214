namespace Weir.Kubernetes;

/// <summary>A kind of object. The group is empty for the core group.</summary>
public readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary><c>group/version</c>, or the version alone in the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>From the <c>apiVersion</c> and <c>kind</c> of an object; missing parts are empty.</summary>
    public static GroupVersionKind Of(string? apiVersion, string? kind)
    {
        apiVersion ??= "";
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new("", apiVersion, kind ?? "")
            : new(apiVersion[..slash], apiVersion[(slash + 1)..], kind ?? "");
    }

    public override string ToString() => $"{ApiVersion}, Kind={Kind}";
}

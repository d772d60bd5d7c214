using Weir.ApiServer.Authentication;

namespace Weir.ApiServer.Authorization;

/// <summary>What a user wants to do: a verb on a resource, or on a path that names none.</summary>
internal sealed record AccessAttributes
{
    public required UserInfo User { get; init; }

    public required string Verb { get; init; }

    public bool IsResource { get; init; } = true;

    public string Group { get; init; } = "";

    public string Version { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Name { get; init; } = "";

    public string Path { get; init; } = "";

    public string QualifiedResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>The sentence of a 403: who cannot do what where.</summary>
    public string Refusal()
    {
        if (!IsResource)
        {
            return $"User \"{User.Name}\" cannot {Verb} path \"{Path}\"";
        }

        var where = Namespace.Length > 0 ? $"in the namespace \"{Namespace}\"" : "at the cluster scope";
        return $"User \"{User.Name}\" cannot {Verb} resource \"{QualifiedResource}\" in API group \"{Group}\" {where}";
    }
}

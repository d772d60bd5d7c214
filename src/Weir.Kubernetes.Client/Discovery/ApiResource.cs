namespace Weir.Kubernetes.Client;

/// <summary>How a kind is served: its path segment, whether it lives in namespaces, and what can be done with it.</summary>
public sealed record ApiResource(GroupVersionKind Kind, string Plural, bool IsNamespaced, IReadOnlyList<string> Verbs)
{
    public string Singular { get; init; } = "";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>The path of the collection, in a namespace or (with an empty one) across the cluster.</summary>
    public string CollectionPath(string space)
    {
        var root = Kind.Group.Length == 0 ? $"/api/{Kind.Version}" : $"/apis/{Kind.Group}/{Kind.Version}";
        return IsNamespaced && space.Length > 0
            ? $"{root}/namespaces/{Uri.EscapeDataString(space)}/{Plural}"
            : $"{root}/{Plural}";
    }

    /// <summary>The path of one object.</summary>
    public string ObjectPath(string space, string name) => $"{CollectionPath(space)}/{Uri.EscapeDataString(name)}";
}

namespace Weir.Kubernetes;

/// <summary>The resources that a Kubernetes 1.36 API server serves without any CustomResourceDefinition.</summary>
public static class ResourceTypes
{
    private static readonly Lazy<Dictionary<GroupVersionKind, ResourceType>> ByKind = new(() => All.ToDictionary(r => r.GroupVersionKind));

    private static readonly Lazy<Dictionary<(string, string, string), ResourceType>> ByPlural =
        new(() => All.ToDictionary(r => (r.Group, r.Version, r.Plural)));

    /// <summary>Groups in the order in which <c>/apis</c> lists them, the core group first.</summary>
    public static IReadOnlyList<ResourceGroup> Groups => BuiltInTable.Instance.Groups;

    /// <summary>Resources of the served versions, sorted by group, version and plural. (Alpha and beta versions have schemas but are not served.)</summary>
    public static IReadOnlyList<ResourceType> All => BuiltInTable.Instance.Resources;

    /// <summary>The resource whose objects are of this kind, or <see langword="null"/>.</summary>
    public static ResourceType? Find(GroupVersionKind kind) => ByKind.Value.GetValueOrDefault(kind);

    /// <summary>The resource of this name, or <see langword="null"/>.</summary>
    public static ResourceType? Find(string group, string version, string plural) => ByPlural.Value.GetValueOrDefault((group, version, plural));
}

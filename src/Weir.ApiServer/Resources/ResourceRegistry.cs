using Weir.ApiServer.Storage;
using Weir.Kubernetes;

namespace Weir.ApiServer.Resources;

/// <summary>All resources that are served now. Immutable; a changed CustomResourceDefinition makes a new one.</summary>
internal sealed class ResourceRegistry
{
    private readonly Dictionary<(string Group, string Version, string Plural), ServedResource> _resources = [];
    private readonly Dictionary<(string Group, string Kind), ServedResource> _kinds = [];
    private readonly Dictionary<ResourceTable, ServedResource> _stored = [];

    private ResourceRegistry(IReadOnlyList<ResourceGroup> groups, IEnumerable<ServedResource> resources, long generation)
    {
        Groups = groups;
        Generation = generation;
        foreach (var resource in resources)
        {
            _resources[(resource.Group, resource.Version, resource.Plural)] = resource;
            if (!_kinds.TryGetValue((resource.Group, resource.Kind), out _) || resource.IsStorageVersion)
            {
                _kinds[(resource.Group, resource.Kind)] = resource;
            }

            if (!_stored.ContainsKey(resource.Table) || resource.IsStorageVersion)
            {
                _stored[resource.Table] = resource;
            }
        }
    }

    /// <summary>Groups in the order of discovery, versions by preference.</summary>
    public IReadOnlyList<ResourceGroup> Groups { get; }

    /// <summary>Grows with every change.</summary>
    public long Generation { get; }

    public IReadOnlyList<ServedResource> All => field ??= [.. Listed()];

    private IEnumerable<ServedResource> Listed()
    {
        foreach (var (_, resource) in _resources)
        {
            yield return resource;
        }
    }

    public static ResourceRegistry BuiltIn(ObjectStore store)
    {
        var resources = new List<ServedResource>();
        foreach (var type in ResourceTypes.All)
        {
            var (tableId, storage) = Storage(type);
            resources.Add(new ServedResource
            {
                Type = type,
                Schema = BuiltInSchemas.Find(type.GroupVersionKind) ?? Schema.Any,
                Table = store.Table(tableId),
                StorageKind = storage,
            });
        }

        return new ResourceRegistry(ResourceTypes.Groups, resources, 1);
    }

    /// <summary>These built-in resources together with custom ones.</summary>
    public ResourceRegistry With(IReadOnlyList<ServedResource> custom)
    {
        var versions = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var resource in custom)
        {
            if (!versions.TryGetValue(resource.Group, out var list))
            {
                versions.Add(resource.Group, list = []);
            }

            if (!list.Contains(resource.Version))
            {
                list.Add(resource.Version);
            }
        }

        var groups = Groups.Where(g => ResourceTypes.Groups.Contains(g)).ToList();
        foreach (var (name, list) in versions)
        {
            if (!groups.Exists(g => g.Name == name))
            {
                list.Sort(VersionPriority.Compare);
                groups.Add(new ResourceGroup(name, list));
            }
        }

        return new ResourceRegistry(groups, [.. All.Where(r => !r.IsCustom), .. custom], Generation + 1);
    }

    public ServedResource? Find(string group, string version, string plural) => _resources.GetValueOrDefault((group, version, plural));

    /// <summary>The resource of a kind in any of its versions, the stored one first.</summary>
    public ServedResource? FindKind(string group, string kind) => _kinds.GetValueOrDefault((group, kind));

    /// <summary>The resource whose objects a table holds, in the version that it holds them in; absent when nothing serves them any more.</summary>
    public ServedResource? Stored(ResourceTable table) => _stored.GetValueOrDefault(table);

    /// <summary>A group that only definitions have brought.</summary>
    public static bool IsCustom(ResourceGroup group) => !ResourceTypes.Groups.Contains(group);

    public ResourceGroup? Group(string name)
    {
        foreach (var group in Groups)
        {
            if (group.Name == name)
            {
                return group;
            }
        }

        return null;
    }

    /// <summary>The resources of a version, sorted by name.</summary>
    public IReadOnlyList<ServedResource> In(string group, string version) =>
        [.. All.Where(r => r.Group == group && r.Version == version).OrderBy(r => r.Plural, StringComparer.Ordinal)];

    private static (string Table, GroupVersionKind Kind) Storage(ResourceType type) => (type.Group, type.Plural) switch
    {
        // Two groups show the same events; both versions of autoscalers are one object.
        ("events.k8s.io" or "", "events") => ("events", new("", "v1", "Event")),
        ("autoscaling", "horizontalpodautoscalers") => (type.GroupResource, new("autoscaling", "v2", type.Kind)),
        _ => (type.GroupResource, type.GroupVersionKind),
    };
}

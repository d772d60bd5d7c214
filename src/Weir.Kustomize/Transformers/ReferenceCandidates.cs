using Weir.Kustomize.Resources;

namespace Weir.Kustomize.Transformers;

/// <summary>The objects that had other names before, by those names. Only they can make a reference change.</summary>
internal sealed class ReferenceCandidates
{
    private readonly Dictionary<string, List<Resource>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Resource>> _byOriginalNamespace = new(StringComparer.Ordinal);

    public ReferenceCandidates(ResourceList resources)
    {
        foreach (var resource in resources)
        {
            foreach (var previous in resource.Previous)
            {
                Add(_byName, previous.Name, resource);
            }

            Add(_byOriginalNamespace, resource.OriginalId.EffectiveNamespace, resource);
        }
    }

    /// <summary>The objects that had this name and that the referrer can reach.</summary>
    public List<Resource> Named(string name, Referrer referrer) =>
        _byName.TryGetValue(name, out var found) ? found.FindAll(referrer.CanReach) : [];

    /// <summary>The same, in a namespace: the one that objects came from, or else the one they are in now.</summary>
    public List<Resource> NamedIn(string name, string space, Referrer referrer)
    {
        var named = Named(name, referrer);
        if (named.Count == 0 || space == ResourceId.NotANamespace)
        {
            return [];
        }

        return _byOriginalNamespace.TryGetValue(space, out var there) && there.Exists(referrer.CanReach)
            ? named.FindAll(r => r.OriginalId.EffectiveNamespace == space)
            : named.FindAll(r => r.CurrentId.EffectiveNamespace == space);
    }

    private static void Add(Dictionary<string, List<Resource>> index, string key, Resource resource)
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        if (list.Count == 0 || !ReferenceEquals(list[^1], resource))
        {
            list.Add(resource);
        }
    }
}

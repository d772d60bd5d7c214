using System.Collections;
using Weir.Kustomize.Nodes;

namespace Weir.Kustomize.Resources;

/// <summary>
/// The resources of one kustomization in the order in which they came, each id once. Lookups by id are indexed;
/// whoever changes an id says so with <see cref="IdsChanged"/>.
/// </summary>
internal sealed class ResourceList : IReadOnlyList<Resource>
{
    private List<Resource> _items;
    private Dictionary<ResourceKey, int>? _current;
    private Dictionary<ResourceKey, List<Resource>>? _any;

    public ResourceList() => _items = [];

    public ResourceList(IEnumerable<Resource> items) => _items = [.. items];

    public int Count => _items.Count;

    public Resource this[int index] => _items[index];

    /// <summary>Says that names, kinds or namespaces may have changed.</summary>
    public void IdsChanged()
    {
        _current = null;
        _any = null;
    }

    /// <summary>Adds a resource. One with the same id is a failure.</summary>
    public void Append(Resource resource)
    {
        var current = Current();
        var key = resource.CurrentId.Key;
        if (!current.TryAdd(key, 1))
        {
            throw new BuildFailure($"may not add resource with an already registered id: {resource.CurrentId}", resource.Object.Span)
            {
                Code = "kustomize-duplicate-id",
            };
        }

        _items.Add(resource);
        _any = null;
    }

    /// <summary>Adds all resources of another list.</summary>
    public void AppendAll(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            Append(resource);
        }
    }

    /// <summary>Replaces the content, failing at ids that stand twice.</summary>
    public void Reset(IEnumerable<Resource> resources)
    {
        _items = [];
        IdsChanged();
        AppendAll(resources);
    }

    /// <summary>Puts the same resources into another order.</summary>
    public void Reorder(IEnumerable<Resource> resources) => _items = [.. resources];

    /// <summary>Puts a resource in place of another.</summary>
    public void Replace(Resource old, Resource replacement)
    {
        _items[_items.IndexOf(old)] = replacement;
        IdsChanged();
    }

    /// <summary>Drops what patches emptied.</summary>
    public void DropEmpty()
    {
        if (_items.RemoveAll(r => r.IsEmpty) > 0)
        {
            IdsChanged();
        }
    }

    /// <summary>Drops the resources that the test holds for.</summary>
    public void RemoveAll(Predicate<Resource> test)
    {
        if (_items.RemoveAll(test) > 0)
        {
            IdsChanged();
        }
    }

    /// <summary>How many resources have this id now.</summary>
    public int CountOf(in ResourceId id) => Current().GetValueOrDefault(id.Key);

    /// <summary>The resources that have, or ever had, this id.</summary>
    public IReadOnlyList<Resource> WithAnyId(in ResourceId id) =>
        Any().TryGetValue(id.Key, out var found) ? found : [];

    /// <summary>The one resource that has, or ever had, this id.</summary>
    public Resource GetById(in ResourceId id)
    {
        var found = WithAnyId(id);
        return found.Count == 1
            ? found[0]
            : throw new BuildFailure(
                $"{(found.Count == 0 ? "no" : "multiple")} matches for Id {id}; failed to find unique target for patch {id}")
            {
                Code = found.Count == 0 ? "kustomize-no-target" : "kustomize-ambiguous-target",
            };
    }

    public List<Resource>.Enumerator GetEnumerator() => _items.GetEnumerator();

    IEnumerator<Resource> IEnumerable<Resource>.GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    private Dictionary<ResourceKey, int> Current()
    {
        if (_current is not null)
        {
            return _current;
        }

        _current = new Dictionary<ResourceKey, int>(_items.Count);
        foreach (var resource in _items)
        {
            var key = resource.CurrentId.Key;
            _current[key] = _current.GetValueOrDefault(key) + 1;
        }

        return _current;
    }

    private Dictionary<ResourceKey, List<Resource>> Any()
    {
        if (_any is not null)
        {
            return _any;
        }

        _any = new Dictionary<ResourceKey, List<Resource>>(_items.Count);
        foreach (var resource in _items)
        {
            if (Node.IsNilOrEmpty(resource.Object))
            {
                continue;
            }

            foreach (var previous in resource.Previous)
            {
                Add(resource.ToId(previous).Key, resource);
            }

            Add(resource.CurrentId.Key, resource);
        }

        return _any;
    }

    private void Add(ResourceKey key, Resource resource)
    {
        if (!_any!.TryGetValue(key, out var list))
        {
            _any[key] = list = [];
        }

        if (list.Count == 0 || !ReferenceEquals(list[^1], resource))
        {
            list.Add(resource);
        }
    }
}

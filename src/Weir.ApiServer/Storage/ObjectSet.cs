using System.Collections.Immutable;

namespace Weir.ApiServer.Storage;

/// <summary>All objects of one resource at one moment, in the order of etcd's keys. Immutable; changes make a new set.</summary>
internal sealed class ObjectSet
{
    private static readonly ImmutableSortedDictionary<string, StoredObject> NoObjects =
        ImmutableSortedDictionary.Create<string, StoredObject>(StringComparer.Ordinal);

    private readonly ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> _namespaces;

    private ObjectSet(ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StoredObject>> namespaces, int count)
    {
        _namespaces = namespaces;
        Count = count;
    }

    public static ObjectSet Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StoredObject>>(NamespaceOrder.Instance), 0);

    public int Count { get; }

    public StoredObject? Find(string ns, string name) =>
        _namespaces.TryGetValue(ns, out var objects) && objects.TryGetValue(name, out var found) ? found : null;

    public ObjectSet With(StoredObject item)
    {
        var objects = _namespaces.GetValueOrDefault(item.Namespace, NoObjects);
        var changed = objects.SetItem(item.Name, item);
        return new(_namespaces.SetItem(item.Namespace, changed), Count + changed.Count - objects.Count);
    }

    public ObjectSet Without(string ns, string name)
    {
        if (!_namespaces.TryGetValue(ns, out var objects) || !objects.ContainsKey(name))
        {
            return this;
        }

        var changed = objects.Remove(name);
        return new(changed.IsEmpty ? _namespaces.Remove(ns) : _namespaces.SetItem(ns, changed), Count - 1);
    }

    /// <summary>How many objects a namespace has; all of them when it is <see langword="null"/>.</summary>
    public int CountIn(string? ns) => ns is null ? Count : _namespaces.TryGetValue(ns, out var objects) ? objects.Count : 0;

    /// <summary>The objects of a namespace, or of all when it is <see langword="null"/>, that come after a key (exclusive).</summary>
    public IEnumerable<StoredObject> List(string? ns, string afterNamespace = "", string? afterName = null)
    {
        if (ns is not null)
        {
            return _namespaces.TryGetValue(ns, out var objects) ? After(objects, afterName) : [];
        }

        return All(afterNamespace, afterName);
    }

    private IEnumerable<StoredObject> All(string afterNamespace, string? afterName)
    {
        foreach (var (ns, objects) in _namespaces)
        {
            var order = afterName is null ? 1 : NamespaceOrder.Instance.Compare(ns, afterNamespace);
            if (order < 0)
            {
                continue;
            }

            foreach (var item in After(objects, order == 0 ? afterName : null))
            {
                yield return item;
            }
        }
    }

    private static IEnumerable<StoredObject> After(ImmutableSortedDictionary<string, StoredObject> objects, string? afterName)
    {
        foreach (var (name, item) in objects)
        {
            if (afterName is null || string.CompareOrdinal(name, afterName) > 0)
            {
                yield return item;
            }
        }
    }
}

using System.Collections.Concurrent;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Simulation;

/// <summary>Which objects name an owner, and where owners are, so that neither needs a walk through a namespace.</summary>
internal sealed class OwnerIndex
{
    private readonly ConcurrentDictionary<string, (ResourceTable Table, string Namespace, string Name)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<(ResourceTable Table, string Namespace, string Name)>> _dependents = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Apply(ResourceTable table, StoredObject? previous, StoredObject? current)
    {
        if (previous is not null && previous.Uid != current?.Uid)
        {
            _places.TryRemove(previous.Uid, out _);
        }

        if (current is not null && previous?.Uid != current.Uid)
        {
            _places[current.Uid] = (table, current.Namespace, current.Name);
        }

        var (before, after) = (previous?.Owners ?? [], current?.Owners ?? []);
        if (before.AsSpan().SequenceEqual(after))
        {
            return;
        }

        var subject = current ?? previous!;
        var place = (table, subject.Namespace, subject.Name);
        lock (_lock)
        {
            foreach (var uid in before)
            {
                if (_dependents.TryGetValue(uid, out var set) && set.Remove(place) && set.Count == 0)
                {
                    _dependents.Remove(uid);
                }
            }

            foreach (var uid in after)
            {
                if (!_dependents.TryGetValue(uid, out var set))
                {
                    _dependents.Add(uid, set = []);
                }

                set.Add(place);
            }
        }
    }

    /// <summary>Where the object with this uid is, when it is of a simulated kind.</summary>
    public bool TryFind(string uid, out (ResourceTable Table, string Namespace, string Name) place) => _places.TryGetValue(uid, out place);

    /// <summary>The objects of a table that name this owner now, by name.</summary>
    public List<StoredObject> Dependents(string uid, ResourceTable table)
    {
        (ResourceTable Table, string Namespace, string Name)[] places;
        lock (_lock)
        {
            places = _dependents.TryGetValue(uid, out var set) ? [.. set] : [];
        }

        var found = new List<StoredObject>(places.Length);
        foreach (var place in places)
        {
            if (place.Table == table && table.Objects.Find(place.Namespace, place.Name) is { } item)
            {
                found.Add(item);
            }
        }

        found.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return found;
    }
}

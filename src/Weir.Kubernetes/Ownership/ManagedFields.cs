using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The entries of <c>metadata.managedFields</c>, by manager.</summary>
internal sealed class ManagedFields
{
    private const int MaxUpdateManagers = 10;
    private const string OldUpdates = "ancient-changes";

    private readonly Dictionary<ManagerKey, ManagedSet> _entries = [];

    public int Count => _entries.Count;

    public IReadOnlyCollection<KeyValuePair<ManagerKey, ManagedSet>> Entries => _entries;

    public ManagedSet? this[ManagerKey key] => _entries.GetValueOrDefault(key);

    /// <summary>Reads the list; <see langword="null"/> when an entry is malformed. An absent list is empty.</summary>
    public static ManagedFields? Read(ListValue? list)
    {
        var managed = new ManagedFields();
        foreach (var item in list ?? [])
        {
            if (item is not MapValue entry || entry.GetString("operation") is not ("Apply" or "Update"))
            {
                return null;
            }

            var apiVersion = entry.GetString("apiVersion") ?? "";
            if (apiVersion.Length == 0)
            {
                return null;
            }

            var isApply = entry.GetString("operation") == "Apply";
            var key = new ManagerKey(entry.GetString("manager") ?? "", isApply, isApply ? "" : apiVersion, entry.GetString("subresource") ?? "");
            var fields = entry.GetMap("fieldsV1") is { } map ? FieldSet.Read(map) : FieldSet.Empty;
            managed._entries[key] = new(fields, apiVersion, entry.GetString("time"));
        }

        return managed;
    }

    /// <summary>Applies before updates, then by time, manager, version and subresource. <see langword="null"/> when there is no entry.</summary>
    public ListValue? Write()
    {
        if (_entries.Count == 0)
        {
            return null;
        }

        var sorted = _entries.ToArray();
        Array.Sort(sorted, static (a, b) =>
        {
            var order = b.Key.IsApply.CompareTo(a.Key.IsApply);
            order = order != 0 ? order : string.CompareOrdinal(a.Value.Time, b.Value.Time);
            order = order != 0 ? order : string.CompareOrdinal(a.Key.Manager, b.Key.Manager);
            order = order != 0 ? order : string.CompareOrdinal(a.Value.ApiVersion, b.Value.ApiVersion);
            return order != 0 ? order : string.CompareOrdinal(a.Key.Subresource, b.Key.Subresource);
        });
        var list = new ListValue(sorted.Length);
        foreach (var (key, set) in sorted)
        {
            var entry = new MapValue(7);
            if (key.Manager.Length > 0)
            {
                entry["manager"] = key.Manager;
            }

            entry["operation"] = key.IsApply ? "Apply" : "Update";
            entry["apiVersion"] = set.ApiVersion;
            if (set.Time is not null)
            {
                entry["time"] = set.Time;
            }

            entry["fieldsType"] = "FieldsV1";
            entry["fieldsV1"] = set.Fields.Write();
            if (key.Subresource.Length > 0)
            {
                entry["subresource"] = key.Subresource;
            }

            list.Add(entry);
        }

        return list;
    }

    /// <summary>Sets what a manager owns; an empty set removes its entry.</summary>
    public void Set(ManagerKey key, ManagedSet set)
    {
        if (set.Fields.IsEmpty)
        {
            _entries.Remove(key);
        }
        else
        {
            _entries[key] = set;
        }
    }

    public void Remove(ManagerKey key) => _entries.Remove(key);

    public ManagedFields Clone()
    {
        var copy = new ManagedFields();
        foreach (var (key, set) in _entries)
        {
            copy._entries[key] = set;
        }

        return copy;
    }

    /// <summary>When more than ten managers updated, the oldest of one version become one entry.</summary>
    public void CapUpdateManagers()
    {
        var all = 0;
        foreach (var (key, _) in _entries)
        {
            all += key.IsApply ? 0 : 1;
        }

        if (all <= MaxUpdateManagers)
        {
            return;
        }

        var updaters = _entries.Where(e => !e.Key.IsApply)
            .OrderBy(e => e.Value.Time ?? "", StringComparer.Ordinal)
            .ThenBy(e => e.Key)
            .ToList();
        var count = updaters.Count;
        var first = new Dictionary<string, ManagerKey>(StringComparer.Ordinal);
        foreach (var (key, set) in updaters)
        {
            if (count <= MaxUpdateManagers)
            {
                return;
            }

            if (!first.TryGetValue(set.ApiVersion, out var firstKey))
            {
                first[set.ApiVersion] = key;
                continue;
            }

            var bucket = new ManagerKey(OldUpdates, false, set.ApiVersion, "");
            if (!_entries.TryGetValue(bucket, out var old))
            {
                _entries.Remove(firstKey, out old);
            }

            _entries[bucket] = new(set.Fields.Union(old!.Fields), set.ApiVersion, set.Time);
            _entries.Remove(key);
            count--;
        }
    }
}

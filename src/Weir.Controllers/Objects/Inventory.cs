using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The objects that a status says are managed.</summary>
internal static class Inventory
{
    public static List<InventoryEntry> Read(MapValue status)
    {
        var entries = new List<InventoryEntry>();
        foreach (var item in status.GetMap("inventory")?.GetList("entries") ?? [])
        {
            if (item is MapValue map && InventoryEntry.Parse(map.GetString("id") ?? "", map.GetString("v") ?? "") is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    public static void Write(MapValue status, IEnumerable<InventoryEntry> entries)
    {
        var list = new ListValue();
        foreach (var entry in entries)
        {
            list.Add(new MapValue { ["id"] = entry.Id, ["v"] = entry.Version });
        }

        status["inventory"] = new MapValue { ["entries"] = list };
    }

    /// <summary>The first list, and what only the second has.</summary>
    public static List<InventoryEntry> Union(IReadOnlyList<InventoryEntry> first, IEnumerable<InventoryEntry> second)
    {
        var union = new List<InventoryEntry>(first);
        var seen = new HashSet<ObjectKey>();
        foreach (var entry in first)
        {
            seen.Add(entry.Key);
        }

        foreach (var entry in second)
        {
            if (seen.Add(entry.Key))
            {
                union.Add(entry);
            }
        }

        return union;
    }

    /// <summary>What the first list has and the second has not.</summary>
    public static List<InventoryEntry> Except(IReadOnlyList<InventoryEntry> first, IEnumerable<InventoryEntry> second)
    {
        var keys = new HashSet<ObjectKey>();
        foreach (var entry in second)
        {
            keys.Add(entry.Key);
        }

        var rest = new List<InventoryEntry>();
        foreach (var entry in first)
        {
            if (!keys.Contains(entry.Key))
            {
                rest.Add(entry);
            }
        }

        return rest;
    }
}

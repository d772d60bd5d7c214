using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The order of a merged list: items that the patch names in the patch's order, the others in the server's, woven together.</summary>
internal static class ElementOrder
{
    /// <summary>What an item is found by: its merge key, or itself when the list has none.</summary>
    public static Value? KeyOf(Value item, string mergeKey) => mergeKey.Length == 0 ? item : (item as MapValue)?[mergeKey];

    /// <summary>The arranged list; <see langword="null"/> with an error when an item lacks its merge key.</summary>
    public static ListValue? Arrange(ListValue merged, ListValue patchOrder, ListValue serverOrder, string mergeKey, out PatchError? error)
    {
        error = MissingKey(merged, mergeKey) ?? MissingKey(patchOrder, mergeKey) ?? MissingKey(serverOrder, mergeKey);
        if (error is not null)
        {
            return null;
        }

        var patchPlaces = Places(patchOrder, mergeKey);
        var serverPlaces = Places(serverOrder, mergeKey);
        var fromPatch = new List<Value>();
        var fromServer = new List<Value>();
        foreach (var item in merged)
        {
            (patchPlaces.ContainsKey(KeyOf(item, mergeKey)!) ? fromPatch : fromServer).Add(item);
        }

        return Weave(Sort(fromServer, serverPlaces, mergeKey), Sort(fromPatch, patchPlaces, mergeKey), serverPlaces, mergeKey);
    }

    /// <summary>Items in the order of their places; items that are marked for deletion come last.</summary>
    public static List<Value> Sort(List<Value> items, Dictionary<Value, int> places, string mergeKey) =>
    [
        .. items.Where(i => !IsDeletion(i, mergeKey)).OrderBy(i => places.GetValueOrDefault(KeyOf(i, mergeKey)!, -1)),
        .. items.Where(i => IsDeletion(i, mergeKey)),
    ];

    public static Dictionary<Value, int> Places(ListValue order, string mergeKey)
    {
        var places = new Dictionary<Value, int>(order.Count);
        for (var i = 0; i < order.Count; i++)
        {
            if (KeyOf(order[i], mergeKey) is { } key)
            {
                places.TryAdd(key, i);
            }
        }

        return places;
    }

    public static PatchError? MissingKey(ListValue list, string mergeKey)
    {
        if (mergeKey.Length == 0)
        {
            return null;
        }

        foreach (var item in list)
        {
            if (item is not MapValue map)
            {
                return new(PatchErrorReason.Failed, "expected a map, but received another type");
            }

            if (!map.ContainsKey(mergeKey))
            {
                return new(PatchErrorReason.Failed, StrategicMerge.NoMergeKey(map, mergeKey));
            }
        }

        return null;
    }

    private static bool IsDeletion(Value item, string mergeKey) =>
        mergeKey.Length > 0 && item is MapValue map && map.GetString(StrategicMergePatch.Directive) == "delete";

    private static ListValue Weave(List<Value> server, List<Value> patch, Dictionary<Value, int> serverPlaces, string mergeKey)
    {
        var all = new ListValue(server.Count + patch.Count);
        var (s, p) = (0, 0);
        while (s < server.Count || p < patch.Count)
        {
            var takesServer = p >= patch.Count
                || (s < server.Count
                    && serverPlaces.TryGetValue(KeyOf(server[s], mergeKey)!, out var serverPlace)
                    && serverPlaces.TryGetValue(KeyOf(patch[p], mergeKey)!, out var patchPlace)
                    && serverPlace < patchPlace);
            all.Add(takesServer ? server[s++] : patch[p++]);
        }

        return all;
    }
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Merges a patch into an object, or a patch into another patch (then directives and nulls are kept). Both are changed.
/// The first error is kept, and the result means nothing then.
/// </summary>
internal sealed class StrategicMerge(bool isCombining)
{
    public PatchError? Error { get; private set; }

    public MapValue Map(MapValue original, MapValue patch, Schema? schema)
    {
        if (patch[StrategicMergePatch.Directive] is { } directive)
        {
            return MapDirective(directive, patch);
        }

        RetainKeys(original, patch);
        OrderedLists(original, patch, schema);
        foreach (var (key, value) in patch)
        {
            if (Error is not null)
            {
                break;
            }

            Field(original, key, value, schema);
        }

        return original;
    }

    private MapValue MapDirective(Value directive, MapValue patch)
    {
        switch ((directive as StringValue)?.Value)
        {
            case "replace":
                patch.Remove(StrategicMergePatch.Directive);
                return patch;
            case "delete":
                return [];
            default:
                Fail(PatchErrorReason.Failed, $"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(patch)}");
                return patch;
        }
    }

    private void Field(MapValue original, string key, Value value, Schema? schema)
    {
        var isDeletion = key.StartsWith(StrategicMergePatch.DeleteFromPrimitiveList, StringComparison.Ordinal);
        if (isDeletion)
        {
            if (isCombining)
            {
                original[key] = value;
                return;
            }

            if (Target(key, StrategicMergePatch.DeleteFromPrimitiveList, "invalid patch format of primitive list") is not { } target)
            {
                return;
            }

            key = target;
        }

        if (value.IsNull)
        {
            original.Remove(key);
            if (!isCombining)
            {
                return;
            }
        }

        var old = original[key];
        if (old is null || old.Kind != value.Kind)
        {
            if (!isDeletion)
            {
                Set(original, key, value);
            }

            return;
        }

        var property = schema?.Property(key);
        var field = property?.Schema ?? schema?.AdditionalProperties;
        switch (value)
        {
            case MapValue map:
                original[key] = IsReplaced(property) ? map : Map((MapValue)old, map, field);
                break;
            case ListValue list:
                original[key] = isDeletion || (property?.PatchStrategy ?? 0).HasFlag(PatchStrategy.Merge)
                    ? List((ListValue)old, list, field?.Items, property?.PatchMergeKey ?? "", isDeletion)
                    : list;
                break;
            default:
                Set(original, key, value);
                break;
        }
    }

    private void Set(MapValue original, string key, Value value)
    {
        if (!isCombining)
        {
            DropNulls(value);
        }

        if (WithoutDirectives(value) is { } kept)
        {
            original[key] = kept;
        }
        else
        {
            original.Remove(key);
        }
    }

    private static bool IsReplaced(SchemaProperty? property) => (property?.PatchStrategy ?? 0).HasFlag(PatchStrategy.Replace);

    private void RetainKeys(MapValue original, MapValue patch)
    {
        if (patch[StrategicMergePatch.RetainKeys] is not { } value)
        {
            return;
        }

        patch.Remove(StrategicMergePatch.RetainKeys);
        if (isCombining)
        {
            if (original[StrategicMergePatch.RetainKeys] is { } old && !old.Equals(value))
            {
                Fail(PatchErrorReason.Failed, $"{GoText.Of(old)} and {GoText.Of(value)} are not deep equal: this may happen when calculating the 3-way diff patch");
                return;
            }

            original[StrategicMergePatch.RetainKeys] = value;
            return;
        }

        const string badFormat = "invalid patch format of retainKeys";
        if (value is not ListValue list)
        {
            Fail(PatchErrorReason.BadFormat, badFormat);
            return;
        }

        var retained = new HashSet<string>(list.OfType<StringValue>().Select(s => s.Value), StringComparer.Ordinal);
        foreach (var (key, change) in patch)
        {
            if (!change.IsNull
                && !key.StartsWith(StrategicMergePatch.DeleteFromPrimitiveList, StringComparison.Ordinal)
                && !key.StartsWith(StrategicMergePatch.SetElementOrder, StringComparison.Ordinal)
                && !retained.Contains(key))
            {
                Fail(PatchErrorReason.BadFormat, badFormat);
                return;
            }
        }

        foreach (var key in original.Keys.ToArray())
        {
            if (!retained.Contains(key))
            {
                original.Remove(key);
            }
        }
    }

    /// <summary>Merges the lists whose order the patch gives with <c>$setElementOrder</c>, and takes them out of the patch.</summary>
    private void OrderedLists(MapValue original, MapValue patch, Schema? schema)
    {
        foreach (var key in patch.Keys.Where(k => k.StartsWith(StrategicMergePatch.SetElementOrder, StringComparison.Ordinal)).ToArray())
        {
            if (Error is null)
            {
                OrderedList(original, patch, key, schema);
            }
        }
    }

    private void OrderedList(MapValue original, MapValue patch, string key, Schema? schema)
    {
        const string badFormat = "invalid patch format of setElementOrder list";
        var order = patch[key]!;
        if (isCombining)
        {
            if (original[key] is { } old && !old.Equals(order))
            {
                Fail(PatchErrorReason.BadFormat, badFormat);
                return;
            }

            original[key] = order;
        }

        patch.Remove(key);
        if (order is not ListValue orderList)
        {
            Fail(PatchErrorReason.Failed, $"expected a slice, but received a {GoKind(order)}");
            return;
        }

        if (Target(key, StrategicMergePatch.SetElementOrder, badFormat) is not { } name)
        {
            return;
        }

        if (original[name] is { } badOriginal and not ListValue)
        {
            Fail(PatchErrorReason.Failed, $"expected a slice, but received a {GoKind(badOriginal)}");
            return;
        }

        if (patch[name] is { } badPatch and not ListValue)
        {
            Fail(PatchErrorReason.Failed, $"expected a slice, but received a {GoKind(badPatch)}");
            return;
        }

        var (originalList, patchList) = (original.GetList(name), patch.GetList(name));
        var property = schema?.Property(name);
        var mergeKey = property?.PatchMergeKey ?? "";
        if (patchList is not null && !FollowsOrder(patchList, orderList, mergeKey))
        {
            return;
        }

        ListValue merged;
        if (originalList is not null && patchList is not null)
        {
            var before = new ListValue(originalList);
            merged = (property?.PatchStrategy ?? 0).HasFlag(PatchStrategy.Merge)
                ? List(new ListValue(originalList), patchList, property?.Schema.Items, mergeKey, isDeletion: false)
                : patchList;
            originalList = before;
        }
        else if (patchList is not null)
        {
            merged = (ListValue)WithoutDirectives(patchList)!;
        }
        else if (originalList is not null)
        {
            merged = originalList;
        }
        else
        {
            return;
        }

        if (Error is null && ElementOrder.Arrange(merged, orderList, originalList ?? [], mergeKey, out var error) is { } arranged)
        {
            Fail(error);
            original[name] = arranged;
            patch.Remove(name);
        }
    }

    private bool FollowsOrder(ListValue patchList, ListValue order, string mergeKey)
    {
        if (order.Count == 0 || patchList.Count == 0)
        {
            return true;
        }

        var next = 0;
        foreach (var item in patchList)
        {
            if (item is MapValue map && map.ContainsKey(StrategicMergePatch.Directive))
            {
                continue;
            }

            var key = ElementOrder.KeyOf(item, mergeKey);
            while (next < order.Count && !Value.DeepEquals(key, ElementOrder.KeyOf(order[next], mergeKey)))
            {
                next++;
            }

            if (next++ >= order.Count)
            {
                Fail(PatchErrorReason.Failed, $"The order in patch list:\n{GoText.Of(patchList)}\n doesn't match {StrategicMergePatch.SetElementOrder} list:\n{GoText.Of(order)}\n");
                return false;
            }
        }

        return true;
    }

    private ListValue List(ListValue original, ListValue patch, Schema? items, string mergeKey, bool isDeletion)
    {
        if (original.Count == 0 && patch.Count == 0)
        {
            return original;
        }

        if (!HaveOneKind(original, patch))
        {
            return original;
        }

        var first = original.Count > 0 ? original[0] : patch[0];
        if (first is not MapValue)
        {
            return ScalarList(original, patch, isDeletion);
        }

        if (mergeKey.Length == 0)
        {
            Fail(PatchErrorReason.Failed, $"cannot merge lists without merge key for {(items?.Type == SchemaType.Object && items.Properties.Count == 0 ? "map" : "struct")}");
            return original;
        }

        var before = new ListValue(original);
        var (kept, changes) = ItemDirectives(original, patch, mergeKey);
        if (Error is not null)
        {
            return original;
        }

        if (changes is null)
        {
            return kept;
        }

        var serverOrder = new ListValue(kept);
        MergeItems(kept, changes, items, mergeKey);
        if (Error is not null)
        {
            return original;
        }

        var arranged = ElementOrder.Arrange(kept, changes, serverOrder, mergeKey, out var error);
        Fail(error);
        return arranged ?? before;
    }

    private static ListValue ScalarList(ListValue original, ListValue patch, bool isDeletion)
    {
        if (isDeletion)
        {
            var deleted = new HashSet<Value>(patch);
            original.RemoveAll(deleted.Contains);
            return original;
        }

        var seen = new HashSet<Value>();
        var merged = new ListValue(original.Count + patch.Count);
        foreach (var item in original.Concat(patch))
        {
            if (seen.Add(item))
            {
                merged.Add(item);
            }
        }

        return ElementOrder.Arrange(merged, patch, original, "", out _)!;
    }

    /// <summary>Carries out the deletions of a list patch. The changes are null when the list is replaced as a whole.</summary>
    private (ListValue Kept, ListValue? Changes) ItemDirectives(ListValue original, ListValue patch, string mergeKey)
    {
        var changes = new ListValue(patch.Count);
        HashSet<Value>? deleted = null;
        var isReplaced = false;
        foreach (var item in patch)
        {
            var map = (MapValue)item;
            if (map[StrategicMergePatch.Directive] is not { } directive)
            {
                changes.Add(item);
                continue;
            }

            switch ((directive as StringValue)?.Value)
            {
                case "delete" when map[mergeKey] is { } key:
                    (deleted ??= []).Add(key);
                    break;
                case "delete":
                    Fail(PatchErrorReason.Failed, NoMergeKey(map, mergeKey));
                    break;
                case "replace":
                    isReplaced = true;
                    break;
                case "merge":
                    Fail(PatchErrorReason.Failed, "merging lists cannot yet be specified in the patch");
                    break;
                default:
                    Fail(PatchErrorReason.Failed, $"unknown patch type: {GoText.Of(directive)} in map: {GoText.Of(map)}");
                    break;
            }
        }

        if (deleted is not null)
        {
            original.RemoveAll(i => i is MapValue map && map[mergeKey] is { } key && deleted.Contains(key));
        }

        return isReplaced ? (changes, null) : (original, changes);
    }

    private void MergeItems(ListValue original, ListValue changes, Schema? items, string mergeKey)
    {
        var places = new Dictionary<Value, int>();
        for (var i = 0; i < original.Count; i++)
        {
            if (((MapValue)original[i])[mergeKey] is { } key)
            {
                places.TryAdd(key, i);
            }
        }

        foreach (var change in changes)
        {
            var map = (MapValue)change;
            if (map[mergeKey] is not { } key)
            {
                Fail(PatchErrorReason.Failed, NoMergeKey(map, mergeKey));
                return;
            }

            if (places.TryGetValue(key, out var place))
            {
                original[place] = Map((MapValue)original[place], map, items);
            }
            else
            {
                places.Add(key, original.Count);
                original.Add(map);
            }
        }
    }

    private bool HaveOneKind(ListValue original, ListValue patch)
    {
        ValueKind? kind = null;
        foreach (var item in original.Concat(patch))
        {
            if (item.Kind == ValueKind.List && kind is null)
            {
                Fail(PatchErrorReason.NotApplicable, "lists of lists are not supported");
                return false;
            }

            kind ??= item.Kind;
            if (item.Kind != kind)
            {
                Fail(PatchErrorReason.Failed, $"list element types are not identical: [{GoText.Of(original)} {GoText.Of(patch)}]");
                return false;
            }
        }

        return true;
    }

    private string? Target(string key, string prefix, string badFormat)
    {
        if (key.Length > prefix.Length && key[prefix.Length] == '/')
        {
            return key[(prefix.Length + 1)..];
        }

        Fail(PatchErrorReason.BadFormat, badFormat);
        return null;
    }

    internal static string NoMergeKey(MapValue map, string mergeKey) => $"map: {GoText.Of(map)} does not contain declared merge key: {mergeKey}";

    private static string GoKind(Value value) => value switch
    {
        NullValue => "nil",
        MapValue => "map",
        ListValue => "slice",
        StringValue => "string",
        BoolValue => "bool",
        FloatValue => "float64",
        _ => "int64",
    };

    private static void DropNulls(Value value)
    {
        switch (value)
        {
            case MapValue map:
                for (var i = map.Count - 1; i >= 0; i--)
                {
                    var (key, item) = map.EntryAt(i);
                    if (item.IsNull)
                    {
                        map.Remove(key);
                    }
                    else
                    {
                        DropNulls(item);
                    }
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    DropNulls(item);
                }

                break;
        }
    }

    /// <summary>The value without directives, or <see langword="null"/> when it is one.</summary>
    private static Value? WithoutDirectives(Value value)
    {
        switch (value)
        {
            case MapValue map:
                if (map.ContainsKey(StrategicMergePatch.Directive))
                {
                    return null;
                }

                foreach (var key in map.Keys.ToArray())
                {
                    if (WithoutDirectives(map[key]!) is { } kept)
                    {
                        map[key] = kept;
                    }
                    else
                    {
                        map.Remove(key);
                    }
                }

                return map;
            case ListValue list:
                var result = new ListValue(list.Count);
                foreach (var item in list)
                {
                    if (WithoutDirectives(item) is { } kept)
                    {
                        result.Add(kept);
                    }
                }

                return result;
            default:
                return value;
        }
    }

    private void Fail(PatchErrorReason reason, string message) => Error ??= new(reason, message);

    private void Fail(PatchError? error) => Error ??= error;
}

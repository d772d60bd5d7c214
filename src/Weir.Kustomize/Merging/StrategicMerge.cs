using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Merging;

/// <summary>
/// Lays a patch over an object as kyaml's merge2 does. The object is changed in place and takes parts of the patch
/// over; the patch must not be used again.
/// </summary>
internal sealed class StrategicMerge(OpenApiSchema schema, bool prepends = true)
{
    private const string Directive = "$patch";

    private enum Strategy
    {
        Merge,
        Replace,
        Delete,
        Unknown,
    }

    /// <summary>The merged object, or nothing when the patch deletes it.</summary>
    public Value? Merge(Value? target, Value? patch) => Walk(target, patch, null).Value;

    /// <summary>What a step gave: nothing removes the field, a kept null stays although it is one.</summary>
    private readonly record struct Merged(Value? Value, bool KeepNull = false);

    private Merged Walk(Value? target, Value? patch, MergeType? type)
    {
        type ??= TypeOf(target) ?? TypeOf(patch);
        var first = Scalar.IsMissingOrNull(target) ? Scalar.IsMissingOrNull(patch) ? null : patch : target;
        switch (first)
        {
            case null or MapValue:
                Require<MapValue>(target, "MappingNode");
                Require<MapValue>(patch, "MappingNode");
                return WalkMap(target, patch, type);
            case ListValue:
                Require<ListValue>(target, "SequenceNode");
                Require<ListValue>(patch, "SequenceNode");
                return type is { IsMergingList: true }
                    ? new Merged(WalkList(target as ListValue, patch, type))
                    : new Merged(patch ?? target);
            default:
                Node.RequireScalar(Scalar.IsMissingOrNull(target) ? null : target);
                Node.RequireScalar(Scalar.IsMissingOrNull(patch) ? null : patch);
                return new Merged(patch ?? Requote(target));
        }
    }

    private MergeType? TypeOf(Value? node) =>
        node is MapValue map && map["kind"] is { } kind && map["apiVersion"] is { } apiVersion
            ? schema.Find(Scalar.Text(apiVersion), Scalar.Text(kind))
            : null;

    private static void Require<T>(Value? node, string kind)
        where T : Value
    {
        if (!Scalar.IsMissingOrNull(node) && node is not T)
        {
            throw Node.WrongKind(kind, node!);
        }
    }

    private Merged WalkMap(Value? target, Value? patch, MergeType? type)
    {
        var (result, keepNull) = VisitMap(target, patch);
        if (result is not MapValue map)
        {
            return new Merged(result, keepNull);
        }

        foreach (var key in FieldNames(map, patch as MapValue))
        {
            var merged = Walk(map[key], (patch as MapValue)?[key], type?.Field(key));
            Node.SetField(map, key, merged.Value, merged.KeepNull);
        }

        return new Merged(map);
    }

    private static Merged VisitMap(Value? target, Value? patch)
    {
        if (Scalar.IsMissingOrNull(target))
        {
            if (patch is MapValue added && TakeDirective(added) == Strategy.Delete)
            {
                return default;
            }

            // A null that was spelled out stays; one that was left empty goes.
            return patch is null && target is not null && Scalar.Text(target).Length > 0
                ? new Merged(target, KeepNull: true)
                : new Merged(patch);
        }

        if (Scalar.IsNull(patch))
        {
            return default;
        }

        return (patch is MapValue map ? RequireKnown(TakeDirective(map), map[Directive]) : Strategy.Merge) switch
        {
            Strategy.Delete => default,
            Strategy.Replace => new Merged(patch),
            _ => new Merged(target),
        };
    }

    private static List<string> FieldNames(MapValue target, MapValue? patch)
    {
        var names = new List<string>(target.Count + (patch?.Count ?? 0));
        foreach (var (key, _) in target)
        {
            names.Add(key);
        }

        if (patch is not null && !ReferenceEquals(patch, target))
        {
            foreach (var (key, _) in patch)
            {
                if (!target.ContainsKey(key))
                {
                    names.Add(key);
                }
            }
        }

        names.Sort(GoString.Comparer);
        return names;
    }

    /// <summary>A string without quotes that YAML 1.1 would misread is put in quotes on the way.</summary>
    private static Value? Requote(Value? scalar) =>
        scalar is WrittenScalar { Tag: ScalarTag.Undecided, Quoted: false, Text.Length: > 0 } open ? new StringValue(open.Text) : scalar;

    private ListValue? WalkList(ListValue? target, Value? patch, MergeType type)
    {
        ListValue? list;
        if (target is null)
        {
            list = patch as ListValue;
        }
        else if (Scalar.IsNull(patch))
        {
            return null;
        }
        else
        {
            switch (patch is ListValue items ? TakeDirective(items) : Strategy.Merge)
            {
                case Strategy.Delete:
                    return null;
                case Strategy.Replace:
                    list = (ListValue)patch!;
                    break;
                default:
                    list = target;
                    break;
            }
        }

        if (list is null)
        {
            return null;
        }

        var patchList = patch as ListValue;
        return type.Keys.Count > 0
            ? MergeItems(list, patchList, ItemValues(list, patchList, type.Keys), type.Keys, type.Items)
            : MergeItems(list, patchList, ScalarValues(list, patchList), [""], type.Items);
    }

    private ListValue? MergeItems(
        ListValue target, ListValue? patch, List<string[]> values, IReadOnlyList<string> keys, MergeType? itemType)
    {
        var added = new ListValue();
        if (keys.Count > 1)
        {
            JoinValues(values);
        }

        string[] validKeys = [.. keys];
        foreach (var value in values)
        {
            (validKeys, var validValues) = ValidKeys(values, value, keys);
            var (lookupKeys, lookupValues) = ValidKeys([validValues], validValues, validKeys);
            var merged = Walk(FindItem(target, lookupKeys, lookupValues), FindItem(patch, lookupKeys, lookupValues), itemType).Value;
            if (Node.IsEmptyMap(merged))
            {
                SetItem(target, null, validKeys, validValues);
                continue;
            }

            if (merged is MapValue item)
            {
                for (var i = 0; i < validKeys.Length; i++)
                {
                    if (!item.ContainsKey(validKeys[i]) && i < validValues.Length && validValues[i].Length > 0)
                    {
                        item[validKeys[i]] = new StringValue(validValues[i]);
                    }
                }
            }

            SetItem(added, merged, validKeys, validValues);
        }

        if (values.Count == 0)
        {
            return target;
        }

        return prepends ? AppendItems(added, target, validKeys) : AppendItems(target, added, validKeys);
    }

    /// <summary>Puts the items of one list over those of another: equal keys replace, others follow.</summary>
    private static ListValue AppendItems(ListValue list, ListValue more, string[] keys)
    {
        foreach (var item in more)
        {
            if (keys[0].Length == 0)
            {
                SetItem(list, item, [""], [Scalar.Text(item)]);
                continue;
            }

            var values = new List<string>(keys.Length);
            foreach (var key in keys)
            {
                if (Node.Get(item, key) is { } value)
                {
                    values.Add(Scalar.Text(value));
                }
                else
                {
                    list.Add(item);
                }
            }

            var found = values.ToArray();
            if (keys.Length > 1)
            {
                SetItem(list, null, keys, found);
            }

            SetItem(list, item, keys, found);
        }

        return list;
    }

    /// <summary>
    /// Replaces the items that match by <paramref name="item"/>, or removes them when it is nothing; adds it when none
    /// does. Empty items go; without values all others go too, as in kyaml.
    /// </summary>
    private static void SetItem(ListValue list, Value? item, string[] keys, string[] values)
    {
        var kept = new List<Value>(list.Count + 1);
        var isForMaps = keys[0].Length > 0 && values.Length > 0 && values[0].Length > 0;
        var isFound = false;
        foreach (var known in list)
        {
            if (Node.IsEmptyMap(known))
            {
                continue;
            }

            if (known is not MapValue && isForMaps)
            {
                kept.Add(known);
                continue;
            }

            if (!HasValues(known, keys, values))
            {
                if (values.Length > 0)
                {
                    kept.Add(known);
                }

                continue;
            }

            isFound = true;
            if (item is not null)
            {
                kept.Add(item);
            }
        }

        if (!isFound && !Scalar.IsMissingOrNull(item))
        {
            kept.Add(item!);
        }

        list.Clear();
        list.AddRange(kept);
    }

    private static bool HasValues(Value item, string[] keys, string[] values)
    {
        var hasOne = false;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i < values.Length)
            {
                hasOne = HasValue(item, keys[i], values[i]);
            }

            if (!hasOne)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasValue(Value item, string key, string value)
    {
        if (key.Length == 0)
        {
            return Scalar.Text(item) == value;
        }

        return Node.Get(item, key) is { } field && (value.Length == 0 || Scalar.Text(field) == value);
    }

    /// <summary>The first item whose fields are exactly these.</summary>
    private static Value? FindItem(ListValue? list, string[] keys, string[] values)
    {
        foreach (var item in list ?? [])
        {
            if (keys.Length == 0 || keys[0].Length == 0)
            {
                if (Scalar.Text(item) == (values.Length > 0 ? values[0] : ""))
                {
                    return item;
                }
            }
            else if (item is MapValue map && keys.Length == values.Length && HasExactly(map, keys, values))
            {
                return item;
            }
        }

        return null;
    }

    private static bool HasExactly(MapValue item, string[] keys, string[] values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (item[keys[i]] is not { } field || Scalar.Text(field) != values[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The keys that any item has, with their values; all of them when no item has any.</summary>
    private static (string[] Keys, string[] Values) ValidKeys(List<string[]> all, string[] values, IReadOnlyList<string> keys)
    {
        if (keys.Count == 1)
        {
            return ([keys[0]], values);
        }

        var isValid = new bool[keys.Count];
        var any = false;
        foreach (var item in all)
        {
            for (var i = 0; i < item.Length; i++)
            {
                if (item[i].Length > 0)
                {
                    isValid[i] = true;
                    any = true;
                }
            }
        }

        if (!any)
        {
            return ([.. keys], values);
        }

        var validKeys = new List<string>(keys.Count);
        var validValues = new List<string>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (isValid[i])
            {
                validKeys.Add(keys[i]);
            }

            if (i < values.Length && (values[i].Length > 0 || isValid[i]))
            {
                validValues.Add(values[i]);
            }
        }

        return ([.. validKeys], [.. validValues]);
    }

    /// <summary>Makes values equal that differ only where one says nothing: a port with and without its protocol.</summary>
    private static void JoinValues(List<string[]> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var outer = values[i];
            for (var j = 0; j < values.Count; j++)
            {
                if (Join(outer, values[j]) is { } joined)
                {
                    values[i] = joined;
                    values[j] = joined;
                }
            }
        }
    }

    private static string[]? Join(string[] left, string[] right)
    {
        if (left.Length != right.Length)
        {
            return null;
        }

        var hasCommon = false;
        var joined = new string[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == right[i])
            {
                hasCommon = true;
                joined[i] = left[i];
            }
            else if (left[i].Length > 0 && right[i].Length > 0)
            {
                return null;
            }
            else
            {
                joined[i] = left[i].Length > 0 ? left[i] : right[i];
            }
        }

        return hasCommon ? joined : null;
    }

    private List<string[]> ItemValues(ListValue target, ListValue? patch, IReadOnlyList<string> keys)
    {
        var result = new List<string[]>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in prepends ? (ListValue?[])[patch, target] : [target, patch])
        {
            foreach (var item in list ?? [])
            {
                var values = new string[keys.Count];
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = item is MapValue map && !Node.IsNilOrEmpty(map[keys[i]]) ? Scalar.Text(map[keys[i]]) : "";
                }

                if (seen.Add(string.Join('\0', values)))
                {
                    result.Add(values);
                }
            }
        }

        return result;
    }

    private List<string[]> ScalarValues(ListValue target, ListValue? patch)
    {
        var result = new List<string[]>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in prepends ? (ListValue?[])[patch, target] : [target, patch])
        {
            foreach (var item in list ?? [])
            {
                if (seen.Add(Scalar.Text(item)))
                {
                    result.Add([Scalar.Text(item)]);
                }
            }
        }

        return result;
    }

    /// <summary>The directive of a map of the patch, which is removed from it.</summary>
    private static Strategy TakeDirective(MapValue patch)
    {
        if (patch[Directive] is not { } directive)
        {
            return Strategy.Merge;
        }

        var strategy = Parse(directive);
        if (strategy != Strategy.Unknown)
        {
            patch.Remove(Directive);
        }

        return strategy;
    }

    /// <summary>The directive of a list of the patch: an item that holds nothing else, which is removed.</summary>
    private static Strategy TakeDirective(ListValue patch)
    {
        foreach (var item in patch)
        {
            if (item is MapValue map && map[Directive] is { } directive)
            {
                if (map.Count > 1)
                {
                    return Strategy.Merge;
                }

                var strategy = RequireKnown(Parse(directive), directive);
                SetItem(patch, null, [Directive], [Scalar.Text(directive)]);
                return strategy;
            }
        }

        return Strategy.Merge;
    }

    private static Strategy Parse(Value directive) => Scalar.Text(directive) switch
    {
        "merge" => Strategy.Merge,
        "replace" => Strategy.Replace,
        "delete" => Strategy.Delete,
        _ => Strategy.Unknown,
    };

    private static Strategy RequireKnown(Strategy strategy, Value? directive) => strategy != Strategy.Unknown
        ? strategy
        : throw new BuildFailure(
            $"unknown patch strategy '{Scalar.Text(directive)}'", directive?.Span ?? default, "a $patch directive is merge, replace or delete")
        {
            Code = "kustomize-patch-directive",
        };
}

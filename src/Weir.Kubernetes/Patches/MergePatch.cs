using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>JSON merge patch (RFC 7386), and the patches that turn one object into another.</summary>
public static class MergePatch
{
    /// <summary>The patched value; neither argument is changed. Nulls inside of what is new are dropped, also within lists.</summary>
    public static Value Apply(Value? target, Value patch) => Merge(target?.DeepClone(), patch.DeepClone());

    private static Value Merge(Value? target, Value patch)
    {
        if (target is not MapValue map || patch is not MapValue changes)
        {
            return target is MapValue ? patch : WithoutNulls(patch);
        }

        foreach (var (key, change) in changes)
        {
            if (change.IsNull)
            {
                map.Remove(key);
            }
            else
            {
                map[key] = Merge(map[key], change);
            }
        }

        return map;
    }

    private static Value WithoutNulls(Value value)
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
                        WithoutNulls(item);
                    }
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    WithoutNulls(item);
                }

                break;
        }

        return value;
    }

    /// <summary>The patch from one object to another.</summary>
    public static MapValue Create(MapValue original, MapValue modified)
    {
        var patch = new MapValue();
        foreach (var (key, value) in modified)
        {
            var old = original[key];
            if (old is MapValue oldMap && value is MapValue newMap)
            {
                var changes = Create(oldMap, newMap);
                if (changes.Count > 0)
                {
                    patch[key] = changes;
                }
            }
            else if (!value.Equals(old))
            {
                patch[key] = value.DeepClone();
            }
        }

        foreach (var (key, _) in original)
        {
            if (!modified.ContainsKey(key))
            {
                patch[key] = NullValue.Instance;
            }
        }

        return patch;
    }

    /// <summary>
    /// The patch that client-side apply sends for custom resources: what was dropped since the last applied configuration is
    /// deleted, what differs from the live object is set, what others added stays.
    /// </summary>
    public static MapValue CreateThreeWay(MapValue original, MapValue modified, MapValue current)
    {
        var patch = Keep(Create(current, modified), deletions: false);
        return (MapValue)Combine(Keep(Create(original, modified), deletions: true), patch);
    }

    private static MapValue Keep(MapValue patch, bool deletions)
    {
        var kept = new MapValue(patch.Count);
        foreach (var (key, value) in patch)
        {
            if (value is MapValue map)
            {
                // A whole object that is new has no part that could be a deletion; an emptied one says nothing.
                var inner = Keep(map, deletions);
                if (inner.Count > 0 || (!deletions && map.Count == 0))
                {
                    kept[key] = inner;
                }
            }
            else if (value.IsNull == deletions)
            {
                kept[key] = value;
            }
        }

        return kept;
    }

    private static Value Combine(Value left, Value right)
    {
        if (left is not MapValue leftMap || right is not MapValue rightMap)
        {
            return right;
        }

        foreach (var (key, value) in rightMap)
        {
            leftMap[key] = leftMap[key] is { } old ? Combine(old, value) : value;
        }

        return leftMap;
    }
}

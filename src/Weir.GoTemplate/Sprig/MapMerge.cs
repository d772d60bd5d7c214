using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>
/// The merging of dario.cat/mergo v1.0.1 over maps. Without overwriting, what is empty in the destination (false, 0 and ""
/// too) takes the source's value; maps merge, lists do not. The destination then shares the source's maps and lists.
/// </summary>
internal static class MapMerge
{
    private const int MaxDepth = 2_000;

    /// <summary>Merges the source into the destination; false when they are nested too deeply, with a part merged.</summary>
    public static bool TryMerge(MapValue destination, MapValue source, bool overwrite) => TryMerge(destination, source, overwrite, 0);

    private static bool TryMerge(MapValue destination, MapValue source, bool overwrite, int depth)
    {
        if (ReferenceEquals(destination, source))
        {
            return true;
        }

        for (var i = 0; i < source.Count; i++)
        {
            var (key, value) = source.EntryAt(i);
            if (!TryMergeEntry(destination, key, value, overwrite, depth))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryMergeEntry(MapValue destination, string key, Value value, bool overwrite, int depth)
    {
        if (GoValue.IsNil(value))
        {
            if (overwrite)
            {
                destination[key] = value;
            }

            return true;
        }

        var present = destination[key];
        if (AsMap(value) is { } sourceMap)
        {
            if (present is not null && AsMap(present) is { } destinationMap)
            {
                if (depth > MaxDepth || !TryMerge(destinationMap, sourceMap, overwrite, depth + 1))
                {
                    return false;
                }

                if (destinationMap.Count > 0)
                {
                    return true;
                }
            }
        }
        else if (GoValue.List(value) is not null && !IsUnset(present))
        {
            if (overwrite)
            {
                destination[key] = value;
            }

            return true;
        }

        if (overwrite || IsUnset(present))
        {
            destination[key] = value;
        }

        return true;
    }

    private static bool IsUnset(Value? value) => value is null || GoValue.IsEmpty(value);

    private static MapValue? AsMap(Value value) => GoValue.Plain(value) as MapValue;
}

using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>
/// The merging of dario.cat/mergo v1.0.1 over maps. Without overwriting, what is empty in the destination (false, 0 and ""
/// too) takes the source's value; maps merge, lists do not. The destination then shares the source's maps and lists.
/// </summary>
internal static class MapMerge
{
    public static void Merge(MapValue destination, MapValue source, bool overwrite)
    {
        if (ReferenceEquals(destination, source))
        {
            return;
        }

        for (var i = 0; i < source.Count; i++)
        {
            var (key, value) = source.EntryAt(i);
            MergeEntry(destination, key, value, overwrite);
        }
    }

    private static void MergeEntry(MapValue destination, string key, Value value, bool overwrite)
    {
        if (GoValue.IsNil(value))
        {
            if (overwrite)
            {
                destination[key] = value;
            }

            return;
        }

        var present = destination[key];
        if (AsMap(value) is { } sourceMap)
        {
            if (present is not null && AsMap(present) is { } destinationMap)
            {
                Merge(destinationMap, sourceMap, overwrite);
                if (destinationMap.Count > 0)
                {
                    return;
                }
            }
        }
        else if (GoValue.List(value) is not null && !IsUnset(present))
        {
            if (overwrite)
            {
                destination[key] = value;
            }

            return;
        }

        if (overwrite || IsUnset(present))
        {
            destination[key] = value;
        }
    }

    private static bool IsUnset(Value? value) => value is null || GoValue.IsEmpty(value);

    private static MapValue? AsMap(Value value) => GoValue.Plain(value) as MapValue;
}

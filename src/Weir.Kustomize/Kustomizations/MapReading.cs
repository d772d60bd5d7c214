using Weir.Values;

namespace Weir.Kustomize.Kustomizations;

/// <summary>Reads decoded structs: absent fields are the zero values of Go.</summary>
internal static class MapReading
{
    public static string Text(this MapValue map, string key) => map.GetString(key) ?? "";

    public static bool Flag(this MapValue map, string key) => map.GetBool(key) ?? false;

    public static IReadOnlyList<string> Strings(this MapValue map, string key)
    {
        if (map.GetList(key) is not { } list)
        {
            return [];
        }

        var result = new string[list.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = ((StringValue)list[i]).Value;
        }

        return result;
    }

    public static IReadOnlyList<MapValue> Maps(this MapValue map, string key)
    {
        if (map.GetList(key) is not { } list)
        {
            return [];
        }

        var result = new MapValue[list.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (MapValue)list[i];
        }

        return result;
    }

    /// <summary>A map of strings, ordered by key as Go's transformers walk them.</summary>
    public static SortedDictionary<string, string> StringMap(this MapValue map, string key)
    {
        var result = new SortedDictionary<string, string>(GoString.Comparer);
        foreach (var (name, value) in map.GetMap(key) ?? [])
        {
            result[name] = ((StringValue)value).Value;
        }

        return result;
    }

    /// <summary>The place of a string in a list, or of the list.</summary>
    public static SourceSpan ItemSpan(this MapValue map, string key, int index)
    {
        var span = map.GetList(key) is { } list && index < list.Count ? list[index].Span : default;
        return span.IsKnown ? span : map.KeySpan(key);
    }
}

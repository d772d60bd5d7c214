using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Says what a key that yields nothing may have been meant to be. Names keys only, never their values.</summary>
internal static class SpellingHint
{
    /// <summary>For a key that a map does not have; <see langword="null"/> when nothing is near.</summary>
    public static string? ForKey(MapValue map, string key) =>
        Nearest(map, key) is { } nearest ? $"the nearest key is '{nearest}'" : null;

    /// <summary>For a key whose value is nil, absent or written so.</summary>
    public static string? ForNil(MapValue map, string key, Value nil)
    {
        if (!map.ContainsKey(key))
        {
            return Nearest(map, key) is { } nearest ? $"'{key}' is not set; the nearest key is '{nearest}'" : $"'{key}' is not set";
        }

        var place = map.KeySpan(key) is { IsKnown: true } span ? span : nil.Span;
        return place.IsKnown ? $"'{key}' is null at {place}" : $"'{key}' is null";
    }

    private static string? Nearest(MapValue map, string key) => NearestName.Find(key, map.Keys);
}

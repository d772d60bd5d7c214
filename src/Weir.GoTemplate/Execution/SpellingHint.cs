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

    private static string? Nearest(MapValue map, string key)
    {
        string? nearest = null;
        var best = Math.Max(1, key.Length / 3) + 1;
        foreach (var (candidate, _) in map)
        {
            var distance = Distance(candidate, key, best);
            if (distance < best)
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Edits between two words without regard to case, or <paramref name="limit"/> when there are at least as many.</summary>
    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit || left.Length > 64 || right.Length > 64)
        {
            return limit;
        }

        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return Math.Min(row[right.Length], limit);
    }
}

using Weir.Values;

namespace Weir.Controllers;

/// <summary>Makes RFC 7396 merge patches.</summary>
internal static class MergePatch
{
    /// <summary>The patch that makes the second of the first, or <see langword="null"/> when they are equal.</summary>
    public static MapValue? Difference(MapValue? before, MapValue? after)
    {
        var patch = new MapValue();
        foreach (var (key, value) in after ?? [])
        {
            var old = before?[key];
            if (Value.DeepEquals(old, value))
            {
                continue;
            }

            if (old is MapValue oldMap && value is MapValue newMap)
            {
                if (Difference(oldMap, newMap) is { } nested)
                {
                    patch[key] = nested;
                }
            }
            else
            {
                patch[key] = value.DeepClone();
            }
        }

        foreach (var key in before?.Keys ?? [])
        {
            if (after?.ContainsKey(key) != true)
            {
                patch[key] = NullValue.Instance;
            }
        }

        return patch.Count == 0 ? null : patch;
    }
}

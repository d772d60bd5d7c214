using Weir.Values;

namespace Weir.Helm;

/// <summary>Lays one set of values over another before any chart is looked at: as <c>-f a.yaml -f b.yaml</c> does.</summary>
public static class ValuesMerge
{
    /// <summary>A new map of both; where both have a map it is merged too, else the second wins, null included.</summary>
    public static MapValue Merge(MapValue first, MapValue second)
    {
        var merged = first.ShallowClone();
        foreach (var (key, value) in second)
        {
            var wins = value is MapValue map && merged[key] is MapValue existing ? Merge(existing, map) : value;
            merged.Set(key, wins, second.KeySpan(key));
        }

        return merged;
    }
}

using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>How many characters, bytes, items or entries values have.</summary>
internal static class Sizes
{
    /// <summary>Whether <c>size</c> takes the value.</summary>
    public static bool HasSize(Value value) => value is StringValue or CelBytes or ListValue or CelList or JoinedList or MapValue or CelMap;

    /// <summary>The size that costs are counted by: one for what has none.</summary>
    public static long Of(Value value) => value switch
    {
        StringValue s => Runes.Count(s.Value),
        ListValue list => list.Count,
        MapValue map => map.Count,
        CelValue own => own.Size,
        _ => 1,
    };
}

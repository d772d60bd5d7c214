using Weir.Values;

namespace Weir.Cel.Tests;

/// <summary>Writes values as CEL's literals.</summary>
internal static class ValueText
{
    public static string Of(Value value) => value switch
    {
        CelError error => $"error: {error.Message}",
        StringValue text => GoQuote.Quote(text.Value),
        IntValue { IsUnsigned: true } => value + "u",
        FloatValue number => number.Value == Math.Floor(number.Value) && Math.Abs(number.Value) < 1e15
            ? GoFloat.Format(number.Value, 'f', 1)
            : GoFloat.Format(number.Value, 'g', -1),
        NullValue => "null",
        BoolValue b => b.Value ? "true" : "false",
        CelBytes bytes => $"b{GoQuote.Quote(GoString.FromBytes(bytes.Value.Span))}",
        CelDuration => $"duration(\"{value}\")",
        CelTimestamp => $"timestamp(\"{value}\")",
        CelOptional { Value: { } inner } => $"optional({Of(inner)})",
        CelOptional => "none",
        MapValue map => $"{{{string.Join(", ", map.Select(e => $"{GoQuote.Quote(e.Key)}: {Of(e.Value)}"))}}}",
        Data.CelMap map => $"{{{string.Join(", ", Enumerable.Range(0, map.Count).Select(i => Entry(map, map.KeyAt(i))))}}}",
        IReadOnlyList<Value> list => $"[{string.Join(", ", list.Select(Of))}]",
        _ => value.ToString() ?? "",
    };

    private static string Entry(Data.CelMap map, Value key) => $"{Of(key)}: {(map.TryFind(key, out var value) ? Of(value) : "")}";
}

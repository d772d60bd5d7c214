using System.Text.Json;
using Weir.Values;

namespace Weir.Conformance.Tests.Yaml;

/// <summary>Compares what we read with a Go literal, which may be typed: structs with fields, maps of strings.</summary>
internal static class GoLiteral
{
    /// <summary>The literal as a value; structs are maps with their fields' names.</summary>
    public static Value ToValue(JsonElement literal) => literal.ValueKind switch
    {
        JsonValueKind.Null => NullValue.Instance,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => TableRow.GoText(literal),
        JsonValueKind.Number when literal.TryGetInt64(out var number) && !literal.GetRawText().Contains('.', StringComparison.Ordinal) => number,
        JsonValueKind.Number => literal.GetDouble(),
        JsonValueKind.Array => new ListValue(literal.EnumerateArray().Select(ToValue)),
        _ => new MapValue(literal.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, ToValue(p.Value)))),
    };

    /// <summary>True when the literal has fields of a Go struct, which only a decoder into that struct could fill.</summary>
    public static bool IsTyped(JsonElement literal) => literal.ValueKind switch
    {
        JsonValueKind.Object => literal.EnumerateObject().Any(p => (p.Name.Length > 0 && char.IsUpper(p.Name[0])) || IsTyped(p.Value)),
        JsonValueKind.Array => literal.EnumerateArray().Any(IsTyped),
        _ => false,
    };

    /// <summary>True when the value is what the literal says, seen through the types that the literal may have.</summary>
    public static bool Matches(JsonElement literal, Value? actual) => literal.ValueKind switch
    {
        JsonValueKind.Null => actual is null or NullValue,
        JsonValueKind.True or JsonValueKind.False => actual is BoolValue b && b.Value == literal.GetBoolean(),
        JsonValueKind.String => MatchesText(TableRow.GoText(literal), actual),
        JsonValueKind.Number => MatchesNumber(literal.GetDouble(), actual),
        JsonValueKind.Array => actual is ListValue list && MatchesItems(literal, list),
        _ => actual is MapValue map && MatchesFields(literal, map),
    };

    private static bool MatchesText(string text, Value? actual) => actual switch
    {
        null or NullValue => text.Length == 0,
        _ => string.Equals(actual.ToString(), text, StringComparison.Ordinal),
    };

    private static bool MatchesNumber(double number, Value? actual) => actual switch
    {
        IntValue i => (i.IsUnsigned ? i.UnsignedValue : i.Value) == number,
        FloatValue f => f.Value == number,
        _ => actual is null && number == 0,
    };

    private static bool MatchesItems(JsonElement literal, ListValue list)
    {
        var items = literal.EnumerateArray().ToList();
        return items.Count == list.Count && items.Zip(list).All(p => Matches(p.First, p.Second));
    }

    private static bool MatchesFields(JsonElement literal, MapValue map)
    {
        var fields = literal.EnumerateObject().ToList();
        var isStruct = fields.Exists(f => f.Name.Length > 0 && char.IsUpper(f.Name[0]));
        if (!isStruct && fields.Count != map.Count)
        {
            return false;
        }

        return fields.TrueForAll(f =>
        {
            var value = map[f.Name] ?? map[f.Name.ToLowerInvariant()] ?? (f.Name == "None" ? map["null"] : null);
            return value is null && f.Value.ValueKind == JsonValueKind.Object
                ? MatchesFields(f.Value, map) // an inlined struct
                : Matches(f.Value, value);
        });
    }

    public static string Show(Value? value) => value is null ? "nothing" : value.ToString() ?? "";

}

using System.Text.Json;
using Weir.Values;

namespace Weir.Kubernetes.Tests;

/// <summary>Short notation for objects in tests: JSON in which single quotes may stand for double ones.</summary>
internal static class Json
{
    public static MapValue Map(string text) => (MapValue)Read(text);

    public static ListValue List(string text) => (ListValue)Read(text);

    public static Value Read(string text)
    {
        using var document = JsonDocument.Parse(text.Replace('\'', '"'), new() { AllowTrailingCommas = true });
        return Of(document.RootElement);
    }

    public static Value Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new MapValue(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Of(p.Value)))),
        JsonValueKind.Array => new ListValue(element.EnumerateArray().Select(Of)),
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? new IntValue(whole) : new FloatValue(element.GetDouble()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => NullValue.Instance,
    };
}

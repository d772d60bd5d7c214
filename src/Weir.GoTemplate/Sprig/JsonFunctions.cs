using Weir.Values;
using Weir.Yaml;

namespace Weir.GoTemplate.Sprig;

/// <summary>JSON, with Helm's <c>toJson</c>, <c>fromJson</c> and <c>fromJsonArray</c> in the place of sprig's.</summary>
internal static class JsonFunctions
{
    private static readonly JsonWriteOptions Pretty = new() { Indent = "  " };
    private static readonly JsonWriteOptions Raw = new() { EscapeHtml = false };

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("toJson", "func(interface {}) string", static (_, a) => Write(a[0], JsonWriteOptions.Default, out string? _) ?? ""),
        new("mustToJson", "func(interface {}) string", static (c, a) => WriteOrFail(c, a[0], JsonWriteOptions.Default)),
        new("toPrettyJson", "func(interface {}) string", static (_, a) => Write(a[0], Pretty, out string? _) ?? ""),
        new("mustToPrettyJson", "func(interface {}) (string, error)", static (c, a) => WriteOrFail(c, a[0], Pretty)),
        new("toRawJson", "func(interface {}) string", static (c, a) => WriteOrFail(c, a[0], Raw)),
        new("mustToRawJson", "func(interface {}) (string, error)", static (c, a) => WriteOrFail(c, a[0], Raw)),
        new("fromJson", "func(string) map[string]interface {}", static (_, a) => ReadMap(a.String(0))),
        new("fromJsonArray", "func(string) []interface {}", static (_, a) => ReadList(a.String(0))),
        new("mustFromJson", "func(string) (interface {}, error)", static (c, a) =>
            Read(a.String(0), out var error) is { } value ? value : c.Fail(error!)),
    ]);

    /// <summary>What Go says when JSON of one kind meets a target of another.</summary>
    public static string Mismatch(Value value, string target) =>
        $"json: cannot unmarshal {KindName(value)} into Go value of type {target}";

    private static string KindName(Value value) => value switch
    {
        StringValue => "string",
        BoolValue => "bool",
        ListValue => "array",
        MapValue => "object",
        _ => "number",
    };

    private static string? Write(Value value, JsonWriteOptions options, out string? error) =>
        JsonForm.Of(value, out error) is { } plain ? JsonWriter.Write(plain, options) : null;

    private static Value? WriteOrFail(CallContext context, Value value, JsonWriteOptions options) =>
        Write(value, options, out var error) is { } text ? text : context.Fail(error!);

    private static Value? Read(string text, out string? error)
    {
        var parsed = JsonReader.Read(text, numbersAsFloat: true);
        error = parsed.TryGet(out var value) ? null : parsed.Diagnostics[0].Message;
        return value;
    }

    private static Value ReadMap(string text) => Read(text, out var error) switch
    {
        MapValue map => map,
        NullValue => GoValue.NilMap,
        null => new MapValue { ["Error"] = error! },
        var other => new MapValue { ["Error"] = Mismatch(other, "map[string]interface {}") },
    };

    private static Value ReadList(string text) => Read(text, out var error) switch
    {
        ListValue list => list,
        NullValue => GoValue.NilList,
        null => new ListValue([error!]),
        var other => new ListValue([Mismatch(other, "[]interface {}")]),
    };
}

using Weir.Values;
using Weir.Yaml;

namespace Weir.GoTemplate.Sprig;

/// <summary>Helm's YAML functions. Text goes through JSON in both directions, as <c>sigs.k8s.io/yaml</c> has it.</summary>
internal static class YamlFunctions
{
    private static readonly YamlReadOptions Reading = new() { NumbersAsFloat = true };

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("toYaml", "func(interface {}) string", static (_, a) => Write(a[0], out string? _) ?? ""),
        new("mustToYaml", "func(interface {}) string", static (c, a) =>
            Write(a[0], out var error) is { } text ? text : c.Fail($"error marshaling into JSON: {error}")),
        new("toYamlPretty", "func(interface {}) string", static (_, a) =>
            GoValue.IsBounded(a[0]) ? TrimEnd(YamlWriter.Write(a[0], YamlWriteOptions.Pretty)) : ""),
        new("fromYaml", "func(string) map[string]interface {}", static (_, a) => ReadMap(a.String(0))),
        new("fromYamlArray", "func(string) []interface {}", static (_, a) => ReadList(a.String(0))),
    ]);

    private static string? Write(Value value, out string? error) =>
        JsonForm.Of(value, out error) is { } plain ? TrimEnd(YamlWriter.Write(plain)) : null;

    private static string TrimEnd(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static Value? Read(string text, out string? error)
    {
        var parsed = YamlReader.Read(text, Reading);
        error = YamlReader.GoError(parsed.Diagnostics) is { } problem ? $"error converting YAML to JSON: {problem}" : null;
        return error is null ? parsed.Result : null;
    }

    private static Value ReadMap(string text) => Read(text, out var error) switch
    {
        MapValue map => map,
        null when error is not null => new MapValue { ["Error"] = error },
        // The library decodes null into its own argument: what the caller handed in stays as it was.
        null or NullValue => new MapValue(),
        var other => new MapValue { ["Error"] = Mismatch(other, "map[string]interface {}") },
    };

    private static Value ReadList(string text) => Read(text, out var error) switch
    {
        ListValue list => list,
        null when error is not null => new ListValue([error]),
        // The library decodes null into its own argument: what the caller handed in stays as it was.
        null or NullValue => new ListValue(),
        var other => new ListValue([Mismatch(other, "[]interface {}")]),
    };

    private static string Mismatch(Value value, string target) =>
        $"error unmarshaling JSON: while decoding JSON: {JsonFunctions.Mismatch(value, target)}";
}

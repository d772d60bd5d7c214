using Weir.GoTemplate;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>Functions that turn values into YAML and JSON and back. Reading never fails: the mistake is part of the result.</summary>
internal static class DataFunctions
{
    private const string ErrorKey = "Error";

    private static readonly YamlReadOptions ReadOptions = new() { NumbersAsFloat = true };

    public static FunctionTable Table { get; } = FunctionTable.Create(
        new TemplateFunction("toYaml", "func(any) string", (_, a) => ToYaml(a[0])),
        new TemplateFunction("mustToYaml", "func(any) string", (_, a) => ToYaml(a[0])),
        new TemplateFunction("toYamlPretty", "func(any) string", (_, a) => new StringValue(HelmText.WithoutLastLineBreak(YamlWriter.Write(a[0], YamlWriteOptions.Pretty)))),
        new TemplateFunction("fromYaml", "func(string) map[string]any", (_, a) => AsMap(FromYaml(a.String(0)))),
        new TemplateFunction("fromYamlArray", "func(string) []any", (_, a) => AsList(FromYaml(a.String(0)))),
        new TemplateFunction("toJson", "func(any) string", (_, a) => new StringValue(JsonWriter.Write(a[0]))),
        new TemplateFunction("mustToJson", "func(any) string", (_, a) => new StringValue(JsonWriter.Write(a[0]))),
        new TemplateFunction("fromJson", "func(string) map[string]any", (_, a) => AsMap(FromJson(a.String(0)))),
        new TemplateFunction("fromJsonArray", "func(string) []any", (_, a) => AsList(FromJson(a.String(0)))));

    private static StringValue ToYaml(Value value) => new(HelmText.WithoutLastLineBreak(YamlWriter.Write(value)));

    private static (Value? Value, string? Error) FromYaml(string text)
    {
        var read = YamlReader.Read(text, ReadOptions);
        return read.TryGet(out var value)
            ? (value, null)
            : (null, ValuesReader.YamlErrorPrefix + YamlReader.GoError(read.Diagnostics));
    }

    private static (Value? Value, string? Error) FromJson(string text)
    {
        var read = JsonReader.Read(text, numbersAsFloat: true);
        return read.TryGet(out var value) ? (value, null) : (null, read.Diagnostics[0].Message);
    }

    private static Value AsMap((Value? Value, string? Error) read) => read switch
    {
        ({ } value, _) when value is MapValue or NullValue => value is MapValue map ? map : new MapValue(),
        ({ } value, _) => new MapValue { [ErrorKey] = WrongKind(value, "map[string]interface {}") },
        var (_, error) => new MapValue { [ErrorKey] = error! },
    };

    private static ListValue AsList((Value? Value, string? Error) read) => read switch
    {
        ({ } value, _) when value is ListValue or NullValue => value as ListValue ?? [],
        ({ } value, _) => [WrongKind(value, "[]interface {}")],
        var (_, error) => [error!],
    };

    private static string WrongKind(Value value, string wanted) =>
        $"json: cannot unmarshal {StructReader.JsonKind(value)} into Go value of type {wanted}";
}

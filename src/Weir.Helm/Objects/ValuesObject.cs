using Weir.GoTemplate;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>
/// A map with the methods of Helm's type <c>common.Values</c>, which <c>.Values</c> and <c>.Template</c> have and the maps
/// below them have not.
/// </summary>
internal sealed class ValuesObject(MapValue map) : GoObject
{
    private static readonly ReflectType ValuesType = ReflectType.Named("common.Values", ReflectType.AnyMap);
    private static readonly Signature MapResult = Signature.Parse("func() map[string]interface {}");
    private static readonly Signature TextResult = Signature.Parse("func() (string, error)");
    private static readonly Signature ValueOfPath = Signature.Parse("func(string) (interface {}, error)");
    private static readonly Signature TableOfPath = new([ReflectType.String], isVariadic: false, [ValuesType, ReflectType.Error]);

    public MapValue Map { get; } = map;

    public override ReflectType Type => ValuesType;

    public override Value Underlying => Map;

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "AsMap" => new(name, MapResult, (_, _) => Map),
        "YAML" => new(name, TextResult, (_, _) => new StringValue(YamlWriter.Write(Map))),
        "Table" => new(name, TableOfPath, (context, a) => Table(context, a.String(0))),
        "PathValue" => new(name, ValueOfPath, (context, a) => PathValue(context, a.String(0))),
        _ => null,
    };

    public override bool Equals(Value? other) => other is ValuesObject values && values.Map.Equals(Map);

    public override int GetHashCode() => Map.GetHashCode();

    private Value? Table(CallContext context, string path)
    {
        var table = Map;
        foreach (var key in path.Split('.'))
        {
            if (table[key] is not MapValue next)
            {
                return context.Fail($"{GoQuote.Quote(key)} is not a table");
            }

            table = next;
        }

        return new ValuesObject(table);
    }

    private Value? PathValue(CallContext context, string path)
    {
        if (path.Length == 0)
        {
            return context.Fail("YAML path cannot be empty");
        }

        return ValuesPath.Scalar(Map, path) ?? context.Fail($"{GoQuote.Quote(path[(path.LastIndexOf('.') + 1)..])} is not a value");
    }
}

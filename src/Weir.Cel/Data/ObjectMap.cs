using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>An object or map that a schema describes. Fields that it does not name cannot be seen, only compared.</summary>
internal sealed class ObjectMap(MapValue fields, CelSchema schema) : CelMap
{
    private List<string>? _keys;

    public CelSchema Schema { get; } = schema;

    public MapValue Fields { get; } = fields;

    public override int Count => Keys.Count;

    // Kubernetes counts also what cannot be seen.
    public override long Size => Fields.Count;

    private bool IsObject => Schema.Fields.Count > 0;

    private List<string> Keys => _keys ??= [.. Fields.Keys.Where(k => SchemaOf(k) is not null)];

    public override Value KeyAt(int index) => IsObject ? FieldNames.Escape(Keys[index]) ?? Keys[index] : Keys[index];

    public CelSchema? SchemaOf(string key) => IsObject ? Schema.Fields.GetValueOrDefault(key) : Schema.Element;

    public override bool TryFind(Value key, [NotNullWhen(true)] out Value? value)
    {
        if (key is not StringValue text)
        {
            value = CelError.NoSuchOverload;
            return true;
        }

        var name = IsObject ? FieldNames.Unescape(text.Value) : text.Value;
        if (name is null || !Fields.TryGetValue(name, out var found) || (IsObject && found is NullValue) || SchemaOf(name) is not { } field)
        {
            value = null;
            return false;
        }

        value = CelValues.Typed(found, field);
        return true;
    }

    public override bool Equals(Value? other) => other is ObjectMap map && map.Fields.Equals(Fields);

    public override int GetHashCode() => Fields.Count;

    public override Value ToPlain() => Fields;
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// What a value of a kind looks like and how it merges: one model for built-in kinds and custom resources.
/// Immutable. Built-in types are read from their table when somebody first asks, so recursion is no problem.
/// </summary>
public sealed class Schema
{
    private const int IndexThreshold = 6;

    private readonly SchemaProperty[] _properties = [];
    private Dictionary<string, SchemaProperty>? _index;
    private SchemaProperty[]? _alwaysWritten;

    /// <summary>A schema that accepts anything.</summary>
    public static Schema Any { get; } = new();

    /// <summary>The name of a built-in type in OpenAPI documents (<c>io.k8s.api.core.v1.Container</c>); <see langword="null"/> for inline and custom schemas.</summary>
    public string? Name { get; init; }

    /// <summary>The kinds that this type is; empty for parts of objects.</summary>
    public IReadOnlyList<GroupVersionKind> GroupVersionKinds { get; init; } = [];

    public SchemaType Type { get; init; }

    /// <summary>Empty when absent.</summary>
    public string Format { get; init; } = "";

    public bool IsNullable { get; init; }

    /// <summary>A whole number or a string.</summary>
    public bool IsIntOrString { get; init; }

    /// <summary>Fields that no property names are kept (<c>x-kubernetes-preserve-unknown-fields</c>).</summary>
    public bool PreservesUnknownFields { get; init; }

    /// <summary>A whole object with apiVersion, kind and metadata (<c>x-kubernetes-embedded-resource</c>).</summary>
    public bool IsEmbeddedResource { get; init; }

    /// <summary>The fields, sorted by name.</summary>
    public IReadOnlyList<SchemaProperty> Properties
    {
        get => _properties;
        init
        {
            _properties = [.. value];
            Array.Sort(_properties, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        }
    }

    /// <summary>The schema of list items, or <see langword="null"/>.</summary>
    public Schema? Items => ItemsLink.IsAbsent ? null : ItemsLink.Schema;

    /// <summary>The schema of map values, or <see langword="null"/>.</summary>
    public Schema? AdditionalProperties => AdditionalLink.IsAbsent ? null : AdditionalLink.Schema;

    /// <summary>The allowed values; empty when any is.</summary>
    public IReadOnlyList<Value> Enum { get; init; } = [];

    public ListType ListType { get; init; }

    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    public MapType MapType { get; init; }

    /// <summary>What an absent value becomes, or <see langword="null"/>. Never set for built-in kinds. Not to be changed.</summary>
    public Value? Default { get; init; }

    public SchemaLimits Limits { get; init; } = SchemaLimits.None;

    public IReadOnlyList<ValidationRule> Rules { get; init; } = [];

    /// <summary>How protobuf numbers the fields of a built-in type; empty when it is no message.</summary>
    public IReadOnlyList<ProtobufField> ProtobufFields { get; init; } = [];

    /// <summary>The fields of a built-in type that are written also when nobody set them.</summary>
    internal SchemaProperty[] AlwaysWritten => _alwaysWritten ??= Array.FindAll(
        _properties, static p => p.Shape is FieldShape.AlwaysStruct or FieldShape.AlwaysScalar or FieldShape.AlwaysNullable && p.GoType.Length > 0);

    internal SchemaLink ItemsLink { get; init; }

    internal SchemaLink AdditionalLink { get; init; }

    /// <summary>The field of this name, or <see langword="null"/>.</summary>
    public SchemaProperty? Property(string name)
    {
        if (_properties.Length <= IndexThreshold)
        {
            foreach (var property in _properties)
            {
                if (property.Name == name)
                {
                    return property;
                }
            }

            return null;
        }

        return (_index ??= _properties.ToDictionary(p => p.Name, StringComparer.Ordinal)).GetValueOrDefault(name);
    }

    /// <summary>The schema of a map's value or an object's field, or <see langword="null"/> when nothing describes it.</summary>
    public Schema? Field(string name) => Property(name)?.Schema ?? AdditionalProperties;

    /// <summary>What a custom definition asks of <c>metadata</c> beyond the schema that every object has; <see langword="null"/> when nothing.</summary>
    public Schema? MetadataLimits { get; private init; }

    /// <summary>The same schema with other properties.</summary>
    internal Schema With(IReadOnlyList<SchemaProperty> properties, Schema? metadataLimits) => new()
    {
        Name = Name,
        GroupVersionKinds = GroupVersionKinds,
        Type = Type,
        Format = Format,
        IsNullable = IsNullable,
        IsIntOrString = IsIntOrString,
        PreservesUnknownFields = PreservesUnknownFields,
        IsEmbeddedResource = IsEmbeddedResource,
        Properties = properties,
        ItemsLink = ItemsLink,
        AdditionalLink = AdditionalLink,
        Enum = Enum,
        ListType = ListType,
        ListMapKeys = ListMapKeys,
        MapType = MapType,
        Default = Default,
        Limits = Limits,
        Rules = Rules,
        ProtobufFields = ProtobufFields,
        MetadataLimits = metadataLimits,
    };

    /// <summary>A list of items of one schema.</summary>
    public static Schema List(Schema items, ListType listType = ListType.None, params IReadOnlyList<string> listMapKeys) => new()
    {
        Type = SchemaType.Array,
        ItemsLink = new(items),
        ListType = listType,
        ListMapKeys = listMapKeys,
    };

    /// <summary>A map from names to values of one schema.</summary>
    public static Schema Map(Schema values, MapType mapType = MapType.None) => new()
    {
        Type = SchemaType.Object,
        AdditionalLink = new(values),
        MapType = mapType,
    };

    /// <summary>The schema at a path of field names, stepping through list items and map values; <see langword="null"/> when nothing describes it.</summary>
    public Schema? At(params ReadOnlySpan<string> path)
    {
        Schema? current = this;
        foreach (var name in path)
        {
            current = current.Type == SchemaType.Array ? current.Items : current;
            if (current?.Field(name) is not { } next)
            {
                return null;
            }

            current = next;
        }

        return current;
    }
}

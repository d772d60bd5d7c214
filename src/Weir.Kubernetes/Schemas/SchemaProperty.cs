using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>A named field of an object schema.</summary>
public sealed class SchemaProperty
{
    private readonly SchemaLink _schema;
    private PathElement? _pathElement;

    public SchemaProperty(string name, Schema schema)
        : this(name, new SchemaLink(schema))
    {
    }

    internal SchemaProperty(string name, SchemaLink schema)
    {
        Name = name;
        _schema = schema;
    }

    public string Name { get; }

    public Schema Schema => _schema.Schema;

    internal PathElement PathElement => _pathElement ??= PathElement.Field(Name);

    public bool IsRequired { get; init; }

    public PatchStrategy PatchStrategy { get; init; }

    /// <summary>The key by which items of this list are matched in a strategic merge patch; <see langword="null"/> when it has none.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>
    /// For built-in kinds, what an absent field counts as when it is a key of a list (<c>TCP</c> for a port's protocol).
    /// For custom resources, the schema's default. <see langword="null"/> when there is none.
    /// </summary>
    public Value? Default { get; init; }

    /// <summary>What becomes of an absent or empty field of a built-in kind when an object is stored.</summary>
    public FieldShape Shape { get; init; }

    /// <summary>The place of the field among its type's in upstream's JSON.</summary>
    public int Order { get; init; }

    /// <summary>The Go type of a built-in field, as messages name it (<c>int32</c>, <c>[]v1.Container</c>); empty for custom resources.</summary>
    public string GoType { get; init; } = "";
}

namespace Weir.Kubernetes;

/// <summary>The value checks of a schema that built-in kinds never have. <see langword="null"/> means no limit.</summary>
public sealed record SchemaLimits
{
    public static SchemaLimits None { get; } = new();

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public double? MultipleOf { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public long? MinItems { get; init; }

    public long? MaxItems { get; init; }

    public bool UniqueItems { get; init; }

    public long? MinProperties { get; init; }

    public long? MaxProperties { get; init; }

    public IReadOnlyList<Schema> AllOf { get; init; } = [];

    public IReadOnlyList<Schema> AnyOf { get; init; } = [];

    public IReadOnlyList<Schema> OneOf { get; init; } = [];

    public Schema? Not { get; init; }

    /// <summary>Names that an object must have, also when the schema has no such property.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];
}

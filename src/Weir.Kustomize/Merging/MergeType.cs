namespace Weir.Kustomize.Merging;

/// <summary>What a schema says about the fields of an object, as far as merging needs it.</summary>
internal sealed class MergeType
{
    /// <summary>A type that is known and says nothing.</summary>
    public static MergeType Opaque { get; } = new();

    /// <summary>The fields that the schema names.</summary>
    public Dictionary<string, MergeType> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The type of every field that is not named; for maps.</summary>
    public MergeType? AnyField { get; set; }

    /// <summary>The type of the items of a list.</summary>
    public MergeType? Items { get; set; }

    /// <summary>A list whose items meet by key instead of replacing the list.</summary>
    public bool IsMergingList { get; init; }

    /// <summary>The fields by which items of a merging list meet; none for lists of scalars.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The type of a field, or nothing when the schema does not know it.</summary>
    public MergeType? Field(string name) => Fields.TryGetValue(name, out var type) ? type : AnyField;
}

using Weir.Values;

namespace Weir.Helm;

/// <summary>One schema within a document, its keywords read and its references resolved.</summary>
internal sealed class SchemaNode(string pointer, SchemaResource resource)
{
    /// <summary>Where it stands in the document, as a JSON pointer.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>The part of the document with an identifier of its own that it belongs to.</summary>
    public SchemaResource Resource { get; } = resource;

    public SchemaDraft Draft => Resource.Draft;

    /// <summary>Set for the schemas <c>true</c> and <c>false</c>, and for the empty one, which is true.</summary>
    public bool? Always { get; set; }

    public SchemaTypes Types { get; set; }

    public Value? Const { get; set; }

    public ListValue? Enum { get; set; }

    public string? Format { get; set; }

    public SchemaNode? Ref { get; set; }

    public SchemaNode? RecursiveRef { get; set; }

    public bool RecursiveAnchor { get; set; }

    public SchemaNode? DynamicRef { get; set; }

    /// <summary>The name in a <c>$dynamicRef</c>; empty when it points by path.</summary>
    public string DynamicRefAnchor { get; set; } = "";

    public string DynamicAnchor { get; set; } = "";

    public IReadOnlyList<SchemaNode> AllOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> AnyOf { get; set; } = [];

    public IReadOnlyList<SchemaNode> OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public IReadOnlyList<string> Required { get; set; } = [];

    public IReadOnlyDictionary<string, SchemaNode>? Properties { get; set; }

    public IReadOnlyList<(GoRegex Pattern, SchemaNode Schema)> PatternProperties { get; set; } = [];

    public SchemaNode? AdditionalProperties { get; set; }

    public IReadOnlyList<(string Property, IReadOnlyList<string> Needs)> DependentRequired { get; set; } = [];

    public IReadOnlyList<(string Property, SchemaNode Schema)> DependentSchemas { get; set; } = [];

    public SchemaNode? PropertyNames { get; set; }

    public SchemaNode? UnevaluatedProperties { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public bool UniqueItems { get; set; }

    /// <summary>Schemas of the first items: <c>prefixItems</c>, or <c>items</c> as a list before 2020-12.</summary>
    public IReadOnlyList<SchemaNode> PrefixItems { get; set; } = [];

    /// <summary>The schema of the items after those: <c>items</c>, or <c>additionalItems</c> before 2020-12.</summary>
    public SchemaNode? OtherItems { get; set; }

    public SchemaNode? Contains { get; set; }

    public int? MinContains { get; set; }

    public int? MaxContains { get; set; }

    public SchemaNode? UnevaluatedItems { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public GoRegex? Pattern { get; set; }

    public SchemaNumber? Minimum { get; set; }

    public SchemaNumber? Maximum { get; set; }

    public SchemaNumber? ExclusiveMinimum { get; set; }

    public SchemaNumber? ExclusiveMaximum { get; set; }

    public SchemaNumber? MultipleOf { get; set; }
}

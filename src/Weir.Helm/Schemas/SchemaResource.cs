namespace Weir.Helm;

/// <summary>A part of a schema document with an identifier of its own; the whole document is one.</summary>
internal sealed class SchemaResource(string pointer, string id, SchemaDraft draft)
{
    public string Pointer { get; } = pointer;

    public string Id { get; } = id;

    public SchemaDraft Draft { get; } = draft;

    /// <summary>Pointers by anchor name.</summary>
    public Dictionary<string, string> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Schemas by the name of their dynamic anchor.</summary>
    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    public HashSet<string> DynamicAnchorNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The schema at the resource's root, once it is compiled.</summary>
    public SchemaNode? Root { get; set; }
}

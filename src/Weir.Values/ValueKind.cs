namespace Weir.Values;

/// <summary>The kinds a <see cref="Value"/> can have: those of JSON, with integers and floats apart as Go keeps them.</summary>
public enum ValueKind
{
    Null,
    Bool,
    Int,
    Float,
    String,
    List,
    Map,

    /// <summary>A value that only one language knows (a function, a date, a chart): it has no YAML form of its own.</summary>
    Opaque,
}

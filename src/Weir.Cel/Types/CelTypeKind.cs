namespace Weir.Cel;

/// <summary>The kinds of types that expressions have.</summary>
public enum CelTypeKind
{
    /// <summary>Known only when the expression runs.</summary>
    Dyn,

    /// <summary>The type of an expression with an error; it goes with every other.</summary>
    Error,

    /// <summary>A type that stands for another, found by the check.</summary>
    Parameter,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    String,
    Bytes,
    List,
    Map,

    /// <summary>An object with named fields.</summary>
    Object,
    Timestamp,
    Duration,
    Type,

    /// <summary>A type of a library, told apart by its name; optionals are of this kind.</summary>
    Opaque,
}

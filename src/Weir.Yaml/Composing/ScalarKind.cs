namespace Weir.Yaml.Composing;

/// <summary>What a scalar resolves to.</summary>
internal enum ScalarKind : byte
{
    String,
    Null,
    Bool,
    Int,

    /// <summary>A whole number between the largest int64 and the largest uint64.</summary>
    Unsigned,
    Float,
    Timestamp,
}

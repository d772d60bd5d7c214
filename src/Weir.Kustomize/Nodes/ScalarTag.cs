namespace Weir.Kustomize.Nodes;

/// <summary>What YAML says a scalar is. <see cref="Undecided"/> leaves it to the text.</summary>
internal enum ScalarTag
{
    Undecided,
    String,
    Int,
    Float,
    Bool,
    Null,
    Timestamp,
    Binary,
}

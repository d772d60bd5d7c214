namespace Weir.Values;

/// <summary>
/// The static element type of a Go list or map: <c>[]any</c> against <c>[]string</c>. It decides what a missing
/// key yields (<c>""</c> from a <c>map[string]string</c>) and what <c>%T</c> prints; YAML and JSON always give <see cref="Any"/>.
/// </summary>
public enum ElementType
{
    Any,
    String,
    Int,
    Int64,
    Float64,
    Bool,
    Byte,
    StringList,
}

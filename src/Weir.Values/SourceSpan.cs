namespace Weir.Values;

/// <summary>
/// A place in a text that a person wrote. Lines and columns count from 1; line 0 means unknown.
/// </summary>
public readonly record struct SourceSpan(string? File, int Line, int Column)
{
    public bool IsKnown => Line > 0;

    /// <summary><c>file:line:column</c>, leaving out what is unknown.</summary>
    public override string ToString() => (File, Line) switch
    {
        (null, 0) => "",
        (null, _) => $"line {Line}",
        (_, 0) => File,
        _ => Column > 0 ? $"{File}:{Line}:{Column}" : $"{File}:{Line}",
    };
}

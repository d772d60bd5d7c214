namespace Weir.Values;

/// <summary>How Go's <c>strconv</c> took a number: its two errors are told apart by callers and by messages.</summary>
public enum NumberParse
{
    Ok,

    /// <summary><c>invalid syntax</c></summary>
    InvalidSyntax,

    /// <summary><c>value out of range</c></summary>
    OutOfRange,
}

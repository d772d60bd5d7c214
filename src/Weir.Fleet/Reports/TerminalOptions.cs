namespace Weir.Fleet;

/// <summary>What a terminal can show.</summary>
public sealed record TerminalOptions
{
    /// <summary>Plain text of lines as long as they come, for files and pipes.</summary>
    public static TerminalOptions Plain { get; } = new();

    /// <summary>True for ANSI colours.</summary>
    public bool WithColour { get; init; }

    /// <summary>The characters of a line: long values are cut there and long messages go on below; <see langword="null"/> for no end.</summary>
    public int? Width { get; init; }
}

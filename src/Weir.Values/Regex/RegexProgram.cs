namespace Weir.Values;

/// <summary>What an instruction of a <see cref="RegexProgram"/> does.</summary>
internal enum RegexOpcode : byte
{
    Match,
    Fail,
    Rune,
    Class,
    Split,
    Capture,
    Jump,
    BeginLine,
    EndLine,
    BeginText,
    EndText,
    WordBoundary,
    NoWordBoundary,
}

/// <summary>One step: where to go on, and where else when that fails (<c>Split</c>), or the character, or the capture slot.</summary>
internal struct RegexInstruction
{
    public RegexOpcode Opcode;
    public int Next;
    public int Argument;
    public RegexClass? Class;

    public readonly bool Accepts(int rune) => Opcode == RegexOpcode.Rune ? rune == Argument : rune >= 0 && Class!.Contains(rune);
}

/// <summary>A compiled pattern: its steps, where they start, and the literal text that every match starts with.</summary>
internal sealed class RegexProgram
{
    public required RegexInstruction[] Instructions { get; init; }

    public required int Start { get; init; }

    public required string Prefix { get; init; }

    /// <summary>True when a match is the prefix and nothing else.</summary>
    public required bool PrefixIsAll { get; init; }

    /// <summary>True when a match can only start at the start of the text.</summary>
    public required bool IsAnchored { get; init; }
}

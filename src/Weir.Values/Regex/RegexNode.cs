namespace Weir.Values;

/// <summary>The forms of a parsed regular expression.</summary>
internal enum RegexNodeKind
{
    Empty,
    Class,
    BeginLine,
    EndLine,
    BeginText,
    EndText,
    WordBoundary,
    NoWordBoundary,
    Capture,
    Repeat,
    Concat,
    Alternate,
}

/// <summary>A parsed regular expression. A literal character is a <see cref="RegexNodeKind.Class"/> of one.</summary>
internal sealed class RegexNode
{
    /// <summary>What <see cref="Max"/> is when a repetition has no end.</summary>
    public const int Unbounded = -1;

    public required RegexNodeKind Kind { get; init; }

    public RegexClass? Class { get; init; }

    /// <summary>The parts of a <see cref="RegexNodeKind.Concat"/> or <see cref="RegexNodeKind.Alternate"/>; the one child of others.</summary>
    public RegexNode[] Children { get; init; } = [];

    public int Min { get; init; }

    public int Max { get; init; }

    public bool Greedy { get; init; }

    /// <summary>The number of the group, from 1.</summary>
    public int CaptureIndex { get; init; }

    public int Height { get; private init; }

    public static RegexNode Of(RegexNodeKind kind) => new() { Kind = kind, Height = 1 };

    public static RegexNode Of(RegexClass @class) => new() { Kind = RegexNodeKind.Class, Class = @class, Height = 1 };

    public static RegexNode Sequence(RegexNodeKind kind, List<RegexNode> children) => children.Count == 1
        ? children[0]
        : new() { Kind = kind, Children = [.. children], Height = 1 + (children.Count == 0 ? 0 : children.Max(c => c.Height)) };

    public static RegexNode Capture(int index, RegexNode child) =>
        new() { Kind = RegexNodeKind.Capture, CaptureIndex = index, Children = [child], Height = child.Height + 1 };

    public static RegexNode Repeat(RegexNode child, int min, int max, bool greedy) =>
        new() { Kind = RegexNodeKind.Repeat, Children = [child], Min = min, Max = max, Greedy = greedy, Height = child.Height + 1 };
}

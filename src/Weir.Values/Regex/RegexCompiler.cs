using System.Text;

namespace Weir.Values;

/// <summary>Turns a parsed pattern into a <see cref="RegexProgram"/> whose branches stand in order of preference.</summary>
internal sealed class RegexCompiler
{
    /// <summary>The most instructions that Go allows (128 MiB of them).</summary>
    private const int MaxInstructions = (128 << 20) / 40;

    private readonly string _pattern;
    private readonly List<RegexInstruction> _instructions = [];

    private RegexCompiler(string pattern) => _pattern = pattern;

    /// <summary>A compiled part. Its exits are joined through the list in <see cref="Exits"/>: instruction × 2, plus 1 for a split's second way.</summary>
    private readonly record struct Fragment(int Start, List<int> Exits, bool Nullable);

    public static RegexProgram Compile(RegexNode node, string pattern)
    {
        var compiler = new RegexCompiler(pattern);
        if (compiler.Size(node) > MaxInstructions)
        {
            throw new RegexSyntaxException("expression too large", pattern);
        }

        var fragment = compiler.Emit(node);
        var match = compiler.Add(RegexOpcode.Match);
        compiler.Patch(fragment.Exits, match);
        return compiler.Build(fragment.Start);
    }

    private RegexProgram Build(int start)
    {
        RegexInstruction[] instructions = [.. _instructions];
        var prefix = new StringBuilder();
        var at = Skip(instructions, start);
        var anchored = instructions[at].Opcode == RegexOpcode.BeginText;
        // U+FFFD also stands for invalid bytes, which a search for the text would not find.
        while (instructions[at].Opcode == RegexOpcode.Rune && instructions[at].Argument != 0xFFFD)
        {
            prefix.Append(char.ConvertFromUtf32(instructions[at].Argument));
            at = Skip(instructions, instructions[at].Next);
        }

        return new RegexProgram
        {
            Instructions = instructions,
            Start = start,
            Prefix = prefix.ToString(),
            PrefixIsAll = prefix.Length > 0 && instructions[at].Opcode == RegexOpcode.Match,
            IsAnchored = anchored,
        };
    }

    private static int Skip(RegexInstruction[] instructions, int at)
    {
        while (instructions[at].Opcode is RegexOpcode.Jump or RegexOpcode.Capture)
        {
            at = instructions[at].Next;
        }

        return at;
    }

    /// <summary>How many instructions a node needs, before any is made.</summary>
    private long Size(RegexNode node)
    {
        var inner = 0L;
        foreach (var child in node.Children)
        {
            inner += Size(child);
            if (inner > MaxInstructions)
            {
                throw new RegexSyntaxException("expression too large", _pattern);
            }
        }

        return node.Kind switch
        {
            RegexNodeKind.Repeat => ((inner + 1) * Math.Max(1, Math.Max(node.Min, node.Max))) + 1,
            RegexNodeKind.Capture => inner + 2,
            RegexNodeKind.Alternate => inner + node.Children.Length,
            RegexNodeKind.Concat => inner + 1,
            _ => 1,
        };
    }

    private Fragment Emit(RegexNode node) => node.Kind switch
    {
        RegexNodeKind.Empty => Single(RegexOpcode.Jump, nullable: true),
        RegexNodeKind.Class => EmitClass(node.Class!),
        RegexNodeKind.Capture => EmitCapture(node),
        RegexNodeKind.Concat => EmitConcat(node.Children),
        RegexNodeKind.Alternate => EmitAlternate(node.Children),
        RegexNodeKind.Repeat => EmitRepeat(node),
        RegexNodeKind.BeginLine => Single(RegexOpcode.BeginLine, nullable: true),
        RegexNodeKind.EndLine => Single(RegexOpcode.EndLine, nullable: true),
        RegexNodeKind.BeginText => Single(RegexOpcode.BeginText, nullable: true),
        RegexNodeKind.EndText => Single(RegexOpcode.EndText, nullable: true),
        RegexNodeKind.WordBoundary => Single(RegexOpcode.WordBoundary, nullable: true),
        _ => Single(RegexOpcode.NoWordBoundary, nullable: true),
    };

    private Fragment EmitClass(RegexClass @class)
    {
        if (@class.Ranges.IsEmpty)
        {
            return new Fragment(Add(RegexOpcode.Fail), [], Nullable: false);
        }

        // A surrogate is no character of any text, so it must not become one in a prefix.
        var rune = @class.SingleRune;
        return rune >= 0 && Rune.IsValid(rune)
            ? Single(RegexOpcode.Rune, nullable: false, argument: rune)
            : Single(RegexOpcode.Class, nullable: false, @class: @class);
    }

    private Fragment EmitCapture(RegexNode node)
    {
        var open = Add(RegexOpcode.Capture, argument: 2 * node.CaptureIndex);
        var inner = Emit(node.Children[0]);
        _instructions.AsMutable(open).Next = inner.Start;
        var close = Add(RegexOpcode.Capture, argument: (2 * node.CaptureIndex) + 1);
        Patch(inner.Exits, close);
        return new Fragment(open, [2 * close], inner.Nullable);
    }

    private Fragment EmitConcat(ReadOnlySpan<RegexNode> children)
    {
        if (children.IsEmpty)
        {
            return Single(RegexOpcode.Jump, nullable: true);
        }

        var whole = Emit(children[0]);
        foreach (var child in children[1..])
        {
            whole = Join(whole, Emit(child));
        }

        return whole;
    }

    private Fragment Join(Fragment first, Fragment second)
    {
        Patch(first.Exits, second.Start);
        return new Fragment(first.Start, second.Exits, first.Nullable && second.Nullable);
    }

    private Fragment EmitAlternate(RegexNode[] children)
    {
        // Built from the last branch backwards, so that a long alternation is a chain and not a tower of calls.
        var rest = Emit(children[^1]);
        for (var i = children.Length - 2; i >= 0; i--)
        {
            var branch = Emit(children[i]);
            var split = Add(RegexOpcode.Split, next: branch.Start, argument: rest.Start);
            if (branch.Exits.Count > rest.Exits.Count)
            {
                branch.Exits.AddRange(rest.Exits);
                rest = new Fragment(split, branch.Exits, branch.Nullable || rest.Nullable);
            }
            else
            {
                rest.Exits.AddRange(branch.Exits);
                rest = new Fragment(split, rest.Exits, branch.Nullable || rest.Nullable);
            }
        }

        return rest;
    }

    private Fragment EmitRepeat(RegexNode node)
    {
        var child = node.Children[0];
        var (min, max, greedy) = (node.Min, node.Max, node.Greedy);
        switch (min, max)
        {
            case (0, 0):
                return Single(RegexOpcode.Jump, nullable: true);
            case (0, RegexNode.Unbounded):
                return Star(Emit(child), greedy);
            case (_, RegexNode.Unbounded):
                var least = Copies(child, min - 1);
                var plus = Plus(Emit(child), greedy);
                return least is { } l ? Join(l, plus) : plus;
        }

        // x{2,4} is xx(x(x)?)?.
        Fragment? optional = null;
        for (var i = min; i < max; i++)
        {
            var copy = Emit(child);
            optional = Optional(optional is { } inner ? Join(copy, inner) : copy, greedy);
        }

        var required = Copies(child, min);
        return (required, optional) switch
        {
            ({ } r, { } o) => Join(r, o),
            ({ } r, null) => r,
            (null, { } o) => o,
            _ => Single(RegexOpcode.Jump, nullable: true),
        };
    }

    private Fragment? Copies(RegexNode child, int count)
    {
        Fragment? whole = null;
        for (var i = 0; i < count; i++)
        {
            var copy = Emit(child);
            whole = whole is { } w ? Join(w, copy) : copy;
        }

        return whole;
    }

    private Fragment Star(Fragment inner, bool greedy)
    {
        // What can match nothing loops as (x+)?, which keeps the order of preference right.
        if (inner.Nullable)
        {
            return Optional(Plus(inner, greedy), greedy);
        }

        var (split, exit) = Branch(inner.Start, greedy);
        Patch(inner.Exits, split);
        return new Fragment(split, [exit], Nullable: true);
    }

    private Fragment Plus(Fragment inner, bool greedy)
    {
        var (split, exit) = Branch(inner.Start, greedy);
        Patch(inner.Exits, split);
        return new Fragment(inner.Start, [exit], inner.Nullable);
    }

    private Fragment Optional(Fragment inner, bool greedy)
    {
        var (split, exit) = Branch(inner.Start, greedy);
        inner.Exits.Add(exit);
        return new Fragment(split, inner.Exits, Nullable: true);
    }

    private (int Split, int Exit) Branch(int inner, bool greedy)
    {
        var split = greedy ? Add(RegexOpcode.Split, next: inner) : Add(RegexOpcode.Split, argument: inner);
        return (split, (2 * split) + (greedy ? 1 : 0));
    }

    private Fragment Single(RegexOpcode opcode, bool nullable, int argument = 0, RegexClass? @class = null) =>
        new(Add(opcode, argument: argument, @class: @class), [2 * (_instructions.Count - 1)], nullable);

    private int Add(RegexOpcode opcode, int next = 0, int argument = 0, RegexClass? @class = null)
    {
        _instructions.Add(new RegexInstruction { Opcode = opcode, Next = next, Argument = argument, Class = @class });
        return _instructions.Count - 1;
    }

    private void Patch(List<int> exits, int target)
    {
        foreach (var exit in exits)
        {
            ref var instruction = ref _instructions.AsMutable(exit / 2);
            if (exit % 2 == 0)
            {
                instruction.Next = target;
            }
            else
            {
                instruction.Argument = target;
            }
        }
    }
}

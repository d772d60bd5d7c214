namespace Weir.Values;

/// <summary>
/// Follows the branches of a program one after the other, and never comes to the same step at the same place twice: linear in
/// program × text, and the fastest way while the marks for that fit in <see cref="MaxMarks"/> bits.
/// </summary>
internal sealed class RegexBacktracker
{
    private const int MaxMarks = 256 * 1024;

    [ThreadStatic]
    private static RegexBacktracker? _shared;

    private readonly List<Job> _jobs = [];
    private ulong[] _marks = [];
    private RegexProgram _program = null!;
    private string _text = "";
    private int[] _captures = [];
    private int _origin;
    private int _width;

    private readonly record struct Job(int Instruction, int Position, bool IsUndo);

    public static bool Fits(RegexProgram program, int length) => (long)program.Instructions.Length * (length + 1) <= MaxMarks;

    /// <summary>Looks for the first match from <paramref name="start"/> on, and fills as many captures as there is room for.</summary>
    public static bool Match(RegexProgram program, string text, int start, int[] captures)
    {
        var matcher = _shared ?? new RegexBacktracker();
        _shared = null;
        var found = matcher.Search(program, text, start, captures);
        _shared = matcher;
        return found;
    }

    private bool Search(RegexProgram program, string text, int start, int[] captures)
    {
        (_program, _text, _captures, _origin) = (program, text, captures, start);
        _width = text.Length - start + 1;
        var words = ((program.Instructions.Length * _width) + 63) / 64;
        if (_marks.Length < words)
        {
            _marks = new ulong[words];
        }
        else
        {
            Array.Clear(_marks, 0, words);
        }

        for (var at = start; at <= text.Length;)
        {
            if (program.Prefix.Length > 0)
            {
                at = text.IndexOf(program.Prefix, at, StringComparison.Ordinal);
                if (at < 0)
                {
                    return false;
                }
            }

            if (captures.Length > 0)
            {
                Array.Fill(captures, -1);
                captures[0] = at;
            }

            if (MatchesAt(at))
            {
                return true;
            }

            if (program.IsAnchored)
            {
                return false;
            }

            RegexInput.RuneAt(text, at, out var width);
            at += Math.Max(width, 1);
        }

        return false;
    }

    private bool MatchesAt(int start)
    {
        var instructions = _program.Instructions;
        _jobs.Clear();
        _jobs.Add(new Job(_program.Start, start, IsUndo: false));
        while (_jobs.Count > 0)
        {
            var (at, position, isUndo) = _jobs[^1];
            _jobs.RemoveAt(_jobs.Count - 1);
            if (isUndo)
            {
                _captures[at] = position;
                continue;
            }

            while (at >= 0 && Mark(at, position))
            {
                ref readonly var instruction = ref instructions[at];
                switch (instruction.Opcode)
                {
                    case RegexOpcode.Match:
                        if (_captures.Length > 1)
                        {
                            _captures[1] = position;
                        }

                        return true;
                    case RegexOpcode.Split:
                        _jobs.Add(new Job(instruction.Argument, position, IsUndo: false));
                        at = instruction.Next;
                        break;
                    case RegexOpcode.Jump:
                        at = instruction.Next;
                        break;
                    case RegexOpcode.Capture:
                        if (instruction.Argument < _captures.Length)
                        {
                            _jobs.Add(new Job(instruction.Argument, _captures[instruction.Argument], IsUndo: true));
                            _captures[instruction.Argument] = position;
                        }

                        at = instruction.Next;
                        break;
                    case RegexOpcode.Fail:
                        at = -1;
                        break;
                    case RegexOpcode.Rune or RegexOpcode.Class:
                        if (instruction.Accepts(RegexInput.RuneAt(_text, position, out var width)))
                        {
                            position += width;
                            at = instruction.Next;
                        }
                        else
                        {
                            at = -1;
                        }

                        break;
                    default:
                        at = RegexInput.Holds(instruction.Opcode, _text, position) ? instruction.Next : -1;
                        break;
                }
            }
        }

        return false;
    }

    private bool Mark(int instruction, int position)
    {
        var bit = (instruction * _width) + position - _origin;
        ref var word = ref _marks[bit >> 6];
        var mask = 1UL << (bit & 63);
        if ((word & mask) != 0)
        {
            return false;
        }

        word |= mask;
        return true;
    }
}

namespace Weir.Values;

/// <summary>Runs all branches of a program side by side over the text: linear whatever the pattern, for texts too long for <see cref="RegexBacktracker"/>.</summary>
internal sealed class RegexPikeMachine
{
    private readonly RegexProgram _program;
    private readonly string _text;
    private readonly int[] _captures;
    private readonly int[] _scratch;
    private readonly Stack<(int Instruction, int Saved, bool IsUndo)> _pending = new();
    private RegexThreads _current;
    private RegexThreads _next;

    private RegexPikeMachine(RegexProgram program, string text, int[] captures)
    {
        (_program, _text, _captures) = (program, text, captures);
        _scratch = new int[captures.Length];
        _current = new RegexThreads(program.Instructions.Length, captures.Length);
        _next = new RegexThreads(program.Instructions.Length, captures.Length);
    }

    /// <summary>Looks for the first match from <paramref name="start"/> on, and fills as many captures as there is room for.</summary>
    public static bool Match(RegexProgram program, string text, int start, int[] captures) =>
        new RegexPikeMachine(program, text, captures).Search(start);

    private bool Search(int start)
    {
        var matched = false;
        for (var at = start; ;)
        {
            if (_current.Count == 0)
            {
                if (matched || (_program.IsAnchored && at > start))
                {
                    break;
                }

                if (_program.Prefix.Length > 0)
                {
                    at = _text.IndexOf(_program.Prefix, at, StringComparison.Ordinal);
                    if (at < 0)
                    {
                        break;
                    }
                }
            }

            if (!matched && (at == start || !_program.IsAnchored))
            {
                Array.Fill(_scratch, -1);
                if (_scratch.Length > 0)
                {
                    _scratch[0] = at;
                }

                Follow(_current, _program.Start, at);
            }

            var rune = RegexInput.RuneAt(_text, at, out var width);
            matched |= Step(rune, at, at + width);
            if (width == 0 || (matched && _captures.Length == 0))
            {
                break;
            }

            at += width;
        }

        return matched;
    }

    /// <summary>Moves every live step over one character. True when one of them ended a match here; steps behind it are dropped.</summary>
    private bool Step(int rune, int at, int after)
    {
        var matched = false;
        _next.Clear();
        for (var i = 0; i < _current.Count; i++)
        {
            ref readonly var instruction = ref _program.Instructions[_current[i]];
            if (instruction.Opcode == RegexOpcode.Match)
            {
                _current.CapturesAt(i).CopyTo(_captures);
                if (_captures.Length > 1)
                {
                    _captures[1] = at;
                }

                matched = true;
                break;
            }

            if (instruction.Opcode is RegexOpcode.Rune or RegexOpcode.Class && instruction.Accepts(rune))
            {
                _current.CapturesAt(i).CopyTo(_scratch);
                Follow(_next, instruction.Next, after);
            }
        }

        (_current, _next) = (_next, _current);
        return matched;
    }

    /// <summary>Adds a step and all that it leads to without a character.</summary>
    private void Follow(RegexThreads threads, int instruction, int at)
    {
        _pending.Push((instruction, 0, false));
        while (_pending.TryPop(out var job))
        {
            if (job.IsUndo)
            {
                _scratch[job.Instruction] = job.Saved;
                continue;
            }

            var next = job.Instruction;
            while (next >= 0 && threads.Add(next))
            {
                ref readonly var step = ref _program.Instructions[next];
                switch (step.Opcode)
                {
                    case RegexOpcode.Split:
                        _pending.Push((step.Argument, 0, false));
                        next = step.Next;
                        break;
                    case RegexOpcode.Jump:
                        next = step.Next;
                        break;
                    case RegexOpcode.Capture:
                        if (step.Argument < _scratch.Length)
                        {
                            _pending.Push((step.Argument, _scratch[step.Argument], true));
                            _scratch[step.Argument] = at;
                        }

                        next = step.Next;
                        break;
                    case RegexOpcode.Match or RegexOpcode.Rune or RegexOpcode.Class:
                        _scratch.CopyTo(threads.CapturesAt(threads.Count - 1));
                        next = -1;
                        break;
                    case RegexOpcode.Fail:
                        next = -1;
                        break;
                    default:
                        next = RegexInput.Holds(step.Opcode, _text, at) ? step.Next : -1;
                        break;
                }
            }
        }
    }
}

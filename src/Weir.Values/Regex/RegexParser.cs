namespace Weir.Values;

/// <summary>Reads RE2's syntax, as Go's <c>regexp/syntax</c> with the Perl flags does.</summary>
internal sealed class RegexParser
{
    private const int MaxRepeat = 1000;
    private const int MaxHeight = 1000;

    private readonly string _pattern;
    private readonly Stack<Group> _groups = new();
    private readonly List<string> _groupNames = [""];
    private Group _group;
    private Flags _flags;
    private int _at;

    private RegexParser(string pattern)
    {
        _pattern = pattern;
        _group = new Group(-1, default);
    }

    [Flags]
    private enum Flags
    {
        None = 0,
        FoldCase = 1,
        MultiLine = 2,
        DotAll = 4,
        NonGreedy = 8,
    }

    /// <summary>What is open: the branches so far and the current one.</summary>
    private sealed class Group(int captureIndex, Flags outerFlags)
    {
        /// <summary>0 for a group that captures nothing, -1 for the whole pattern.</summary>
        public int CaptureIndex { get; } = captureIndex;

        public Flags OuterFlags { get; } = outerFlags;

        public List<RegexNode> Branches { get; } = [];

        public List<RegexNode> Current { get; set; } = [];
    }

    /// <summary>Reads a pattern. The names of the groups start with that of the whole, which is empty.</summary>
    /// <exception cref="RegexSyntaxException">The pattern is none.</exception>
    public static (RegexNode Node, string[] GroupNames) Parse(string pattern)
    {
        var parser = new RegexParser(pattern);
        var node = parser.ParseAll();
        return (node, [.. parser._groupNames]);
    }

    private RegexNode ParseAll()
    {
        var lastRepeat = -1;
        while (_at < _pattern.Length)
        {
            var repeat = -1;
            switch (_pattern[_at])
            {
                case '(':
                    OpenGroup();
                    break;
                case '|':
                    EndBranch();
                    _at++;
                    break;
                case ')':
                    CloseGroup();
                    _at++;
                    break;
                case '^':
                    Push((_flags & Flags.MultiLine) != 0 ? RegexNodeKind.BeginLine : RegexNodeKind.BeginText);
                    _at++;
                    break;
                case '$':
                    Push((_flags & Flags.MultiLine) != 0 ? RegexNodeKind.EndLine : RegexNodeKind.EndText);
                    _at++;
                    break;
                case '.':
                    Push(RegexNode.Of((_flags & Flags.DotAll) != 0 ? RegexClass.Any : RegexClass.AnyButNewline));
                    _at++;
                    break;
                case '[':
                    ParseClass();
                    break;
                case '*' or '+' or '?':
                    repeat = _at;
                    ParseSimpleRepeat(lastRepeat);
                    break;
                case '{':
                    if (TryParseCount(_at, out var min, out var max, out var after))
                    {
                        repeat = _at;
                        ParseCountedRepeat(min, max, after, lastRepeat);
                    }
                    else
                    {
                        PushLiteral('{');
                        _at++;
                    }

                    break;
                case '\\':
                    ParseBackslash();
                    break;
                default:
                    PushLiteral(NextRune());
                    break;
            }

            lastRepeat = repeat;
        }

        if (_groups.Count > 0)
        {
            throw new RegexSyntaxException("missing closing )", _pattern);
        }

        EndBranch();
        return Finish(_group);
    }

    private void Push(RegexNodeKind kind) => Push(RegexNode.Of(kind));

    private void Push(RegexNode node)
    {
        if (node.Height > MaxHeight)
        {
            throw new RegexSyntaxException("expression nests too deeply", _pattern);
        }

        _group.Current.Add(node);
    }

    private void PushLiteral(int rune)
    {
        if ((_flags & Flags.FoldCase) == 0)
        {
            Push(RegexNode.Of(RegexClass.Of(rune)));
            return;
        }

        var builder = new RegexClassBuilder();
        builder.AddFolded(rune, rune);
        Push(RegexNode.Of(builder.ToClass(negated: false)));
    }

    private void EndBranch()
    {
        var branch = RegexNode.Sequence(RegexNodeKind.Concat, _group.Current);
        if (branch.Height > MaxHeight)
        {
            throw new RegexSyntaxException("expression nests too deeply", _pattern);
        }

        _group.Branches.Add(branch);
        _group.Current = [];
    }

    private static RegexNode Finish(Group group) => RegexNode.Sequence(RegexNodeKind.Alternate, group.Branches);

    private void CloseGroup()
    {
        if (_groups.Count == 0)
        {
            throw new RegexSyntaxException("unexpected )", _pattern);
        }

        EndBranch();
        var node = Finish(_group);
        if (_group.CaptureIndex > 0)
        {
            node = RegexNode.Capture(_group.CaptureIndex, node);
        }

        _flags = _group.OuterFlags;
        _group = _groups.Pop();
        Push(node);
    }

    private void OpenGroup()
    {
        if (!StartsWith("(?"))
        {
            _at++;
            OpenCapture("");
            return;
        }

        var rest = _pattern.Length - _at;
        var withP = rest > 4 && StartsWith("(?P<");
        if (withP || (rest > 3 && StartsWith("(?<")))
        {
            var end = _pattern.IndexOf('>', _at);
            if (end < 0)
            {
                throw new RegexSyntaxException("invalid named capture", _pattern[_at..]);
            }

            var name = _pattern[(_at + (withP ? 4 : 3))..end];
            if (name.Length == 0 || !name.All(c => c == '_' || char.IsAsciiLetterOrDigit(c)))
            {
                throw new RegexSyntaxException("invalid named capture", _pattern[_at..(end + 1)]);
            }

            _at = end + 1;
            OpenCapture(name);
            return;
        }

        ParseFlags();
    }

    private void OpenCapture(string name)
    {
        _groupNames.Add(name);
        _groups.Push(_group);
        _group = new Group(_groupNames.Count - 1, _flags);
    }

    private void ParseFlags()
    {
        var start = _at;
        _at += 2;
        var flags = _flags;
        var negative = false;
        var sawFlag = false;
        while (_at < _pattern.Length)
        {
            var c = NextRune();
            var flag = c switch
            {
                'i' => Flags.FoldCase,
                'm' => Flags.MultiLine,
                's' => Flags.DotAll,
                'U' => Flags.NonGreedy,
                _ => Flags.None,
            };
            if (flag != Flags.None)
            {
                flags = negative ? flags & ~flag : flags | flag;
                sawFlag = true;
            }
            else if (c == '-' && !negative)
            {
                negative = true;
                sawFlag = false;
            }
            else if (c is ':' or ')' && (!negative || sawFlag))
            {
                if (c == ':')
                {
                    _groups.Push(_group);
                    _group = new Group(0, _flags);
                }

                _flags = flags;
                return;
            }
            else
            {
                break;
            }
        }

        throw new RegexSyntaxException("invalid or unsupported Perl syntax", _pattern[start.._at]);
    }

    private void ParseSimpleRepeat(int lastRepeat)
    {
        var (min, max) = _pattern[_at] switch
        {
            '*' => (0, RegexNode.Unbounded),
            '+' => (1, RegexNode.Unbounded),
            _ => (0, 1),
        };
        Repeat(min, max, _at + 1, lastRepeat, counted: false);
    }

    private void ParseCountedRepeat(int min, int max, int after, int lastRepeat)
    {
        if (min is < 0 or > MaxRepeat || max > MaxRepeat || (max >= 0 && min > max))
        {
            throw new RegexSyntaxException("invalid repeat count", _pattern[_at..after]);
        }

        Repeat(min, max, after, lastRepeat, counted: true);
    }

    private void Repeat(int min, int max, int after, int lastRepeat, bool counted)
    {
        var before = _at;
        var greedy = (_flags & Flags.NonGreedy) == 0;
        if (after < _pattern.Length && _pattern[after] == '?')
        {
            after++;
            greedy = !greedy;
        }

        if (lastRepeat >= 0)
        {
            throw new RegexSyntaxException("invalid nested repetition operator", _pattern[lastRepeat..after]);
        }

        var current = _group.Current;
        if (current.Count == 0)
        {
            throw new RegexSyntaxException("missing argument to repetition operator", _pattern[before..after]);
        }

        var node = RegexNode.Repeat(current[^1], min, max, greedy);
        current.RemoveAt(current.Count - 1);
        if (counted && (min >= 2 || max >= 2) && !RepeatsAtMost(node, MaxRepeat))
        {
            throw new RegexSyntaxException("invalid repeat count", _pattern[before..after]);
        }

        Push(node);
        _at = after;
    }

    /// <summary>False when counted repetitions inside each other make more than <paramref name="limit"/> copies.</summary>
    private static bool RepeatsAtMost(RegexNode node, int limit)
    {
        if (node.Kind == RegexNodeKind.Repeat)
        {
            if (node.Max == 0)
            {
                return true;
            }

            var times = Math.Max(node.Max, node.Min);
            if (times > limit)
            {
                return false;
            }

            limit /= Math.Max(times, 1);
        }

        return node.Children.All(c => RepeatsAtMost(c, limit));
    }

    private bool TryParseCount(int start, out int min, out int max, out int after)
    {
        max = 0;
        after = start + 1;
        if (!TryParseInt(ref after, out min) || after >= _pattern.Length)
        {
            return false;
        }

        if (_pattern[after] != ',')
        {
            max = min;
        }
        else
        {
            after++;
            if (after >= _pattern.Length)
            {
                return false;
            }

            if (_pattern[after] == '}')
            {
                max = RegexNode.Unbounded;
            }
            else if (!TryParseInt(ref after, out max))
            {
                return false;
            }
            else if (max < 0)
            {
                min = -1;
            }
        }

        return after < _pattern.Length && _pattern[after++] == '}';
    }

    /// <summary>A number without leading zeros; -1 when it is too big to matter.</summary>
    private bool TryParseInt(ref int at, out int number)
    {
        number = 0;
        var start = at;
        while (at < _pattern.Length && char.IsAsciiDigit(_pattern[at]))
        {
            number = number is < 0 or >= 100_000_000 ? -1 : (number * 10) + _pattern[at] - '0';
            at++;
        }

        return at > start && (at == start + 1 || _pattern[start] != '0');
    }

    private void ParseBackslash()
    {
        if (_at + 1 < _pattern.Length)
        {
            switch (_pattern[_at + 1])
            {
                case 'A':
                    PushAssertion(RegexNodeKind.BeginText);
                    return;
                case 'b':
                    PushAssertion(RegexNodeKind.WordBoundary);
                    return;
                case 'B':
                    PushAssertion(RegexNodeKind.NoWordBoundary);
                    return;
                case 'z':
                    PushAssertion(RegexNodeKind.EndText);
                    return;
                case 'C':
                    throw new RegexSyntaxException("invalid escape sequence", @"\C");
                case 'Q':
                    ParseQuoted();
                    return;
            }
        }

        var builder = new RegexClassBuilder();
        if (TryParseUnicodeClass(builder) || TryParsePerlClass(builder))
        {
            Push(RegexNode.Of(builder.ToClass(negated: false)));
            return;
        }

        PushLiteral(ParseEscape());
    }

    private void PushAssertion(RegexNodeKind kind)
    {
        Push(kind);
        _at += 2;
    }

    private void ParseQuoted()
    {
        _at += 2;
        var end = _pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
        var stop = end < 0 ? _pattern.Length : end;
        while (_at < stop)
        {
            PushLiteral(NextRune());
        }

        _at = end < 0 ? stop : end + 2;
    }

    private int ParseEscape()
    {
        var start = _at++;
        if (_at >= _pattern.Length)
        {
            throw new RegexSyntaxException("trailing backslash at end of expression", "");
        }

        var c = NextRune();
        switch (c)
        {
            case >= '1' and <= '7' when !NextIsOctal():
                break;
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 1; i < 3 && NextIsOctal(); i++)
                {
                    octal = (octal * 8) + _pattern[_at++] - '0';
                }

                return octal;
            case 'x':
                if (_at < _pattern.Length && ParseHex() is >= 0 and var hex)
                {
                    return hex;
                }

                break;
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case < 128 when !char.IsAsciiLetterOrDigit((char)c):
                return c;
        }

        throw new RegexSyntaxException("invalid escape sequence", _pattern[start.._at]);
    }

    private bool NextIsOctal() => _at < _pattern.Length && _pattern[_at] is >= '0' and <= '7';

    private int ParseHex()
    {
        var c = NextRune();
        if (c != '{')
        {
            var high = HexValue(c);
            var low = _at < _pattern.Length ? HexValue(NextRune()) : -1;
            return high < 0 || low < 0 ? -1 : (high * 16) + low;
        }

        var value = 0;
        var digits = 0;
        while (_at < _pattern.Length)
        {
            c = NextRune();
            if (c == '}')
            {
                return digits == 0 ? -1 : value;
            }

            var digit = HexValue(c);
            value = (value * 16) + digit;
            if (digit < 0 || value > 0x10FFFF)
            {
                return -1;
            }

            digits++;
        }

        return -1;
    }

    private static int HexValue(int c) => c < 128 && char.IsAsciiHexDigit((char)c) ? Convert.ToInt32(((char)c).ToString(), 16) : -1;

    private bool TryParsePerlClass(RegexClassBuilder builder)
    {
        if (_at + 1 >= _pattern.Length || _pattern[_at] != '\\')
        {
            return false;
        }

        var letter = _pattern[_at + 1];
        if (RegexUnicode.PerlClass(char.ToLowerInvariant(letter)) is not { } ranges || letter > 'w')
        {
            return false;
        }

        _at += 2;
        Append(builder, ranges, negated: char.IsUpper(letter));
        return true;
    }

    private void Append(RegexClassBuilder builder, int[] ranges, bool negated)
    {
        var fold = (_flags & Flags.FoldCase) != 0;
        if (negated)
        {
            builder.AddNegated(ranges, fold);
        }
        else
        {
            builder.Add(ranges, fold);
        }
    }

    private bool TryParseUnicodeClass(RegexClassBuilder builder)
    {
        if (_at + 1 >= _pattern.Length || _pattern[_at] != '\\' || _pattern[_at + 1] is not ('p' or 'P'))
        {
            return false;
        }

        var start = _at;
        var negated = _pattern[_at + 1] == 'P';
        _at += 2;
        if (_at >= _pattern.Length)
        {
            throw new RegexSyntaxException("invalid character class range", _pattern[start..]);
        }

        string name;
        if (_pattern[_at] != '{')
        {
            NextRune();
            name = _pattern[(start + 2).._at];
        }
        else
        {
            var end = _pattern.IndexOf('}', start);
            if (end < 0)
            {
                throw new RegexSyntaxException("invalid character class range", _pattern[start..]);
            }

            name = _pattern[(start + 3)..end];
            _at = end + 1;
        }

        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        if (RegexUnicode.UnicodeClass(name) is not { } found)
        {
            throw new RegexSyntaxException("invalid character class range", _pattern[start.._at]);
        }

        Append(builder, found.Ranges, negated != found.Negated);
        return true;
    }

    private void ParseClass()
    {
        var start = _at++;
        var builder = new RegexClassBuilder();
        var negated = _at < _pattern.Length && _pattern[_at] == '^';
        if (negated)
        {
            _at++;
        }

        var first = true;
        while (_at >= _pattern.Length || _pattern[_at] != ']' || first)
        {
            first = false;
            if (TryParsePosixClass(builder) || TryParseUnicodeClass(builder) || TryParsePerlClass(builder))
            {
                continue;
            }

            var rangeStart = _at;
            var low = ParseClassCharacter(start);
            var high = low;
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                high = ParseClassCharacter(start);
                if (high < low)
                {
                    throw new RegexSyntaxException("invalid character class range", _pattern[rangeStart.._at]);
                }
            }

            if ((_flags & Flags.FoldCase) != 0)
            {
                builder.AddFolded(low, high);
            }
            else
            {
                builder.Add(low, high);
            }
        }

        _at++;
        Push(RegexNode.Of(builder.ToClass(negated)));
    }

    private bool TryParsePosixClass(RegexClassBuilder builder)
    {
        if (!StartsWith("[:") || _pattern.Length - _at <= 2)
        {
            return false;
        }

        var end = _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var name = _pattern[(_at + 2)..end];
        var negated = name.StartsWith('^');
        if (RegexUnicode.PosixClass(negated ? name[1..] : name) is not { } ranges)
        {
            throw new RegexSyntaxException("invalid character class range", _pattern[_at..(end + 2)]);
        }

        _at = end + 2;
        Append(builder, ranges, negated);
        return true;
    }

    private int ParseClassCharacter(int classStart)
    {
        if (_at >= _pattern.Length)
        {
            throw new RegexSyntaxException("missing closing ]", _pattern[classStart..]);
        }

        return _pattern[_at] == '\\' ? ParseEscape() : NextRune();
    }

    private int NextRune()
    {
        var rune = RegexInput.RuneAt(_pattern, _at, out var width);
        if (width == 1 && char.IsSurrogate(_pattern[_at]))
        {
            throw new RegexSyntaxException("invalid UTF-8", _pattern[_at..]);
        }

        _at += width;
        return rune;
    }

    private bool StartsWith(string text) => string.CompareOrdinal(_pattern, _at, text, 0, text.Length) == 0;
}

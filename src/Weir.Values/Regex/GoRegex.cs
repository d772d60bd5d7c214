using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Weir.Values;

/// <summary>
/// A regular expression as Go's <c>regexp</c> knows it: RE2's syntax, leftmost-first, in time linear to the text. Positions
/// count .NET characters; a byte that is no UTF-8 (see <see cref="GoString"/>) matches as U+FFFD.
/// </summary>
public sealed class GoRegex
{
    private const int MaxCached = 1024;
    private const int MaxCachedInstructions = 20_000;

    private static readonly SearchValues<char> SpecialCharacters = SearchValues.Create(@"\.+*?()|[]{}^$");
    private static readonly ConcurrentDictionary<string, (GoRegex? Regex, string? Error)> Cache = new(StringComparer.Ordinal);

    private readonly RegexProgram _program;
    private readonly string[] _groupNames;

    private GoRegex(string pattern, RegexProgram program, string[] groupNames)
    {
        Pattern = pattern;
        _program = program;
        _groupNames = groupNames;
    }

    /// <summary>The text of the expression.</summary>
    public string Pattern { get; }

    /// <summary>The names of the groups, the whole match first; an unnamed group has an empty one.</summary>
    public IReadOnlyList<string> GroupNames => _groupNames;

    /// <summary>Reads an expression; <paramref name="error"/> has Go's words. Answers for the same text are kept.</summary>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out GoRegex? regex, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!Cache.TryGetValue(pattern, out var known))
        {
            known = Read(pattern);
            if (known.Regex is null || known.Regex._program.Instructions.Length <= MaxCachedInstructions)
            {
                if (Cache.Count >= MaxCached)
                {
                    Cache.Clear();
                }

                Cache[pattern] = known;
            }
        }

        (regex, error) = known;
        return regex is not null;
    }

    /// <inheritdoc cref="TryParse(string, out GoRegex?, out string?)"/>
    public static bool TryParse(string pattern, [NotNullWhen(true)] out GoRegex? regex) => TryParse(pattern, out regex, out _);

    /// <summary>The text with every character escaped that means something in an expression.</summary>
    public static string QuoteMeta(string text)
    {
        if (text.AsSpan().IndexOfAny(SpecialCharacters) < 0)
        {
            return text;
        }

        var quoted = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (SpecialCharacters.Contains(c))
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.ToString();
    }

    /// <summary>True when the expression matches somewhere.</summary>
    public bool IsMatch(string text)
    {
        if (_program.PrefixIsAll)
        {
            return text.Contains(_program.Prefix, StringComparison.Ordinal);
        }

        return Execute(text, 0, []);
    }

    /// <summary>
    /// The first match at or after a place: start and end of the whole, then of each group (-1 when a group took no part).
    /// <see langword="null"/> without a match.
    /// </summary>
    public int[]? Match(string text, int start = 0)
    {
        var captures = new int[2 * _groupNames.Length];
        return Execute(text, start, captures) ? captures : null;
    }

    /// <summary>The text of the first match, or <see langword="null"/>.</summary>
    public string? Find(string text)
    {
        Span<int> whole = [-1, -1];
        return TryFind(text, 0, ref whole) ? text[whole[0]..whole[1]] : null;
    }

    /// <summary>All matches one after the other, at most <paramref name="count"/> of them; below 0 all. Each as <see cref="Match"/> gives it.</summary>
    public IEnumerable<int[]> Matches(string text, int count = -1)
    {
        var (at, previousEnd) = (0, -1);
        var left = count < 0 ? int.MaxValue : count;
        while (left > 0 && at <= text.Length && Match(text, at) is { } match)
        {
            // An empty match right after another one does not count.
            var counts = true;
            if (match[1] == at)
            {
                counts = match[0] != previousEnd;
                RegexInput.RuneAt(text, at, out var width);
                at += Math.Max(width, 1);
            }
            else
            {
                at = match[1];
            }

            previousEnd = match[1];
            if (counts)
            {
                left--;
                yield return match;
            }
        }
    }

    /// <summary>Replaces every match by a template in which <c>$1</c>, <c>$name</c> and <c>${name}</c> stand for groups.</summary>
    public string ReplaceAll(string text, string template) => template.Contains('$', StringComparison.Ordinal)
        ? Replace(text, (output, match) => Expand(output, template, text, match))
        : ReplaceAllLiteral(text, template);

    /// <summary>Replaces every match by a text as it is.</summary>
    public string ReplaceAllLiteral(string text, string replacement)
    {
        if (_program.PrefixIsAll)
        {
            return text.Replace(_program.Prefix, replacement, StringComparison.Ordinal);
        }

        return Replace(text, (output, _) => output.Append(replacement));
    }

    /// <summary>Replaces every match by what a function makes of it.</summary>
    public string ReplaceAll(string text, Func<string, string> replacement) =>
        Replace(text, (output, match) => output.Append(replacement(text[match[0]..match[1]])));

    /// <summary>The parts between the matches, at most <paramref name="count"/>; none when it is 0, all when it is below.</summary>
    public IReadOnlyList<string> Split(string text, int count)
    {
        if (count == 0)
        {
            return [];
        }

        if (Pattern.Length > 0 && text.Length == 0)
        {
            return [""];
        }

        var parts = new List<string>();
        var (begin, end) = (0, 0);
        foreach (var match in Matches(text, count))
        {
            if (count > 0 && parts.Count == count - 1)
            {
                break;
            }

            end = match[0];
            if (match[1] != 0)
            {
                parts.Add(text[begin..end]);
            }

            begin = match[1];
        }

        if (end != text.Length)
        {
            parts.Add(text[begin..]);
        }

        return parts;
    }

    /// <summary>The expression as it was written.</summary>
    public override string ToString() => Pattern;

    private static (GoRegex? Regex, string? Error) Read(string pattern)
    {
        try
        {
            var (node, names) = RegexParser.Parse(pattern);
            return (new GoRegex(pattern, RegexCompiler.Compile(node, pattern), names), null);
        }
        catch (RegexSyntaxException e)
        {
            return (null, e.Message);
        }
    }

    private bool Execute(string text, int start, int[] captures)
    {
        if (_program.IsAnchored && start > 0)
        {
            return false;
        }

        return RegexBacktracker.Fits(_program, text.Length - start)
            ? RegexBacktracker.Match(_program, text, start, captures)
            : RegexPikeMachine.Match(_program, text, start, captures);
    }

    private bool TryFind(string text, int start, ref Span<int> whole)
    {
        var captures = new int[2];
        if (!Execute(text, start, captures))
        {
            return false;
        }

        captures.CopyTo(whole);
        return true;
    }

    private string Replace(string text, Action<StringBuilder, int[]> append)
    {
        StringBuilder? output = null;
        var (lastEnd, at) = (0, 0);
        while (at <= text.Length && Match(text, at) is { } match)
        {
            output ??= new StringBuilder(text.Length);
            output.Append(text, lastEnd, match[0] - lastEnd);
            if (match[1] > lastEnd || match[0] == 0)
            {
                append(output, match);
            }

            lastEnd = match[1];
            RegexInput.RuneAt(text, at, out var width);
            at = Math.Max(at + Math.Max(width, 1), match[1]);
        }

        return output is null ? text : output.Append(text, lastEnd, text.Length - lastEnd).ToString();
    }

    private void Expand(StringBuilder output, string template, string text, int[] match)
    {
        var at = 0;
        while (true)
        {
            var dollar = template.IndexOf('$', at);
            if (dollar < 0)
            {
                output.Append(template, at, template.Length - at);
                return;
            }

            output.Append(template, at, dollar - at);
            at = dollar + 1;
            if (at < template.Length && template[at] == '$')
            {
                output.Append('$');
                at++;
            }
            else if (!TryTakeName(template, ref at, out var name))
            {
                output.Append('$');
            }
            else if (GroupIndex(name, match) is >= 0 and var group && match[2 * group] >= 0)
            {
                output.Append(text, match[2 * group], match[(2 * group) + 1] - match[2 * group]);
            }
        }
    }

    /// <summary>The number that a name stands for; names go to the first group of that name which took part. -1 when there is none.</summary>
    private int GroupIndex(string name, int[] match)
    {
        if (name.All(char.IsAsciiDigit) && name.Length < 9 && (name.Length == 1 || name[0] != '0'))
        {
            var number = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
            return number < _groupNames.Length ? number : -1;
        }

        for (var i = 0; i < _groupNames.Length; i++)
        {
            if (_groupNames[i] == name && match[2 * i] >= 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool TryTakeName(string template, ref int at, out string name)
    {
        var start = at;
        var inBraces = start < template.Length && template[start] == '{';
        if (inBraces)
        {
            start++;
        }

        var end = start;
        while (end < template.Length)
        {
            var rune = RegexInput.RuneAt(template, end, out var width);
            if (rune != '_' && !Rune.IsLetter(new Rune(rune)) && Rune.GetUnicodeCategory(new Rune(rune)) != System.Globalization.UnicodeCategory.DecimalDigitNumber)
            {
                break;
            }

            end += width;
        }

        name = template[start..end];
        if (name.Length == 0 || (inBraces && (end >= template.Length || template[end] != '}')))
        {
            return false;
        }

        at = inBraces ? end + 1 : end;
        return true;
    }
}

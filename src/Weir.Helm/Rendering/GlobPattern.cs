using System.Text;

namespace Weir.Helm;

/// <summary>
/// The patterns of <c>.Files.Glob</c> (the Go library gobwas/glob with <c>/</c> as separator): <c>*</c> and <c>?</c> stay
/// within a path segment, <c>**</c> does not, <c>[a-z]</c> and <c>[!abc]</c> are classes, <c>{a,b}</c> are alternatives.
/// </summary>
internal sealed class GlobPattern
{
    private const int MaxAlternatives = 4096;

    private readonly List<List<Part>> _alternatives;

    private GlobPattern(List<List<Part>> alternatives) => _alternatives = alternatives;

    private enum PartKind
    {
        Rune,
        AnyRune,
        AnyInSegment,
        AnyAtAll,
        Class,
    }

    /// <summary>The pattern; one that cannot be read matches every path, as in Helm.</summary>
    public static GlobPattern Parse(string pattern)
    {
        var at = 0;
        return ReadSequence(pattern, ref at, depth: 0) is { } alternatives && at == pattern.Length
            ? new GlobPattern(alternatives)
            : new GlobPattern([[new Part(PartKind.AnyAtAll)]]);
    }

    public bool IsMatch(string path)
    {
        var runes = path.EnumerateRunes().ToArray();
        return _alternatives.Exists(parts => IsMatch(parts, runes));
    }

    /// <summary>Follows all ways through the pattern at once: time grows with pattern times path, never faster.</summary>
    private static bool IsMatch(List<Part> parts, Rune[] path)
    {
        var reached = new bool[parts.Count + 1];
        var next = new bool[parts.Count + 1];
        reached[0] = true;
        PassStars(parts, reached);
        foreach (var rune in path)
        {
            Array.Clear(next);
            for (var i = 0; i < parts.Count; i++)
            {
                if (!reached[i] || !parts[i].Takes(rune))
                {
                    continue;
                }

                next[parts[i].Repeats ? i : i + 1] = true;
            }

            PassStars(parts, next);
            (reached, next) = (next, reached);
        }

        return reached[parts.Count];
    }

    private static void PassStars(List<Part> parts, bool[] reached)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            reached[i + 1] |= reached[i] && parts[i].Repeats;
        }
    }

    /// <summary>The flat patterns that a text with alternatives stands for; <see langword="null"/> when it cannot be read.</summary>
    private static List<List<Part>>? ReadSequence(string pattern, ref int at, int depth)
    {
        List<List<Part>> sequences = [[]];
        while (at < pattern.Length)
        {
            var c = pattern[at];
            if (depth > 0 && c is (',' or '}'))
            {
                return sequences;
            }

            switch (c)
            {
                case '{':
                    at++;
                    if (ReadAlternatives(pattern, ref at, depth + 1) is not { } choices || (long)sequences.Count * choices.Count > MaxAlternatives)
                    {
                        return null;
                    }

                    sequences = [.. sequences.SelectMany(s => choices.Select(choice => (List<Part>)[.. s, .. choice]))];
                    break;
                case '*':
                    var isSuper = at + 1 < pattern.Length && pattern[at + 1] == '*';
                    at += isSuper ? 1 : 0;
                    Append(sequences, new Part(isSuper ? PartKind.AnyAtAll : PartKind.AnyInSegment), ref at);
                    break;
                case '?':
                    Append(sequences, new Part(PartKind.AnyRune), ref at);
                    break;
                case '[':
                    if (ReadClass(pattern, ref at) is not { } part)
                    {
                        return null;
                    }

                    sequences.ForEach(s => s.Add(part));
                    break;
                case '\\' when at + 1 == pattern.Length:
                    at++;
                    break;
                default:
                    at += c == '\\' ? 1 : 0;
                    if (!Rune.TryGetRuneAt(pattern, at, out var rune))
                    {
                        return null;
                    }

                    at += rune.Utf16SequenceLength - 1;
                    Append(sequences, new Part(PartKind.Rune, rune), ref at);
                    break;
            }
        }

        return depth == 0 ? sequences : null;
    }

    private static List<List<Part>>? ReadAlternatives(string pattern, ref int at, int depth)
    {
        var choices = new List<List<Part>>();
        while (at <= pattern.Length && depth < 32)
        {
            if (ReadSequence(pattern, ref at, depth) is not { } sequences || at >= pattern.Length)
            {
                return null;
            }

            choices.AddRange(sequences);
            if (pattern[at++] == '}')
            {
                return choices;
            }
        }

        return null;
    }

    private static Part? ReadClass(string pattern, ref int at)
    {
        at++;
        var negated = at < pattern.Length && pattern[at] == '!';
        at += negated ? 1 : 0;
        if (at + 2 < pattern.Length && pattern[at + 1] == '-')
        {
            var (low, high) = (pattern[at], pattern[at + 2]);
            at += 4;
            return at <= pattern.Length && pattern[at - 1] == ']' && low <= high ? new Part(PartKind.Class, Low: low, High: high, Negated: negated) : null;
        }

        var members = new StringBuilder();
        for (; at < pattern.Length && pattern[at] != ']'; at++)
        {
            at += pattern[at] == '\\' && at + 1 < pattern.Length ? 1 : 0;
            members.Append(pattern[at]);
        }

        at++;
        return at <= pattern.Length && members.Length > 0 ? new Part(PartKind.Class, Members: members.ToString(), Negated: negated) : null;
    }

    private static void Append(List<List<Part>> sequences, Part part, ref int at)
    {
        at++;
        sequences.ForEach(s => s.Add(part));
    }

    private readonly record struct Part(PartKind Kind, Rune Rune = default, char Low = '\0', char High = '\0', string? Members = null, bool Negated = false)
    {
        public bool Repeats => Kind is PartKind.AnyInSegment or PartKind.AnyAtAll;

        public bool Takes(Rune rune) => Kind switch
        {
            PartKind.AnyAtAll => true,
            PartKind.AnyInSegment or PartKind.AnyRune => rune.Value != '/',
            PartKind.Rune => rune == Rune,
            _ => Negated != (Members is null
                ? rune.Value >= Low && rune.Value <= High
                : Members.AsSpan().Contains(rune.ToString(), StringComparison.Ordinal)),
        };
    }
}

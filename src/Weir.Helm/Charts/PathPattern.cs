using System.Text;

namespace Weir.Helm;

/// <summary>Go's <c>filepath.Match</c>: <c>*</c>, <c>?</c>, classes and escapes, none of which crosses a <c>/</c>.</summary>
internal static class PathPattern
{
    /// <summary>True when the whole name matches; false too when the pattern is wrong.</summary>
    public static bool IsMatch(string pattern, string name) => Match(pattern, name) == true;

    /// <summary>True when the pattern can be read.</summary>
    public static bool IsValid(string pattern)
    {
        var rest = pattern;
        while (rest.Length > 0)
        {
            (_, var chunk, rest) = NextChunk(rest);
            if (MatchChunk(chunk, "") is null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the name matches; <see langword="null"/> when the pattern is wrong as far as it was read.</summary>
    private static bool? Match(string pattern, string name)
    {
        while (pattern.Length > 0)
        {
            (var star, var chunk, pattern) = NextChunk(pattern);
            if (star && chunk.Length == 0)
            {
                return !name.Contains('/', StringComparison.Ordinal);
            }

            if (MatchChunk(chunk, name) is not { } first)
            {
                return null;
            }

            if (first is { Matched: true } && (first.Tail.Length == 0 || pattern.Length > 0))
            {
                name = first.Tail;
                continue;
            }

            if (!star || Slide(chunk, name, isLast: pattern.Length == 0) is not { } rest)
            {
                return IsValid(pattern) ? false : null;
            }

            name = rest;
        }

        return name.Length == 0;
    }

    /// <summary>Lets a star eat one character after the other until the chunk matches what is left.</summary>
    private static string? Slide(string chunk, string name, bool isLast)
    {
        for (var i = 0; i < name.Length && name[i] != '/'; i++)
        {
            if (MatchChunk(chunk, name[(i + 1)..]) is { Matched: true } found && !(isLast && found.Tail.Length > 0))
            {
                return found.Tail;
            }
        }

        return null;
    }

    private static (bool Star, string Chunk, string Tail) NextChunk(string pattern)
    {
        var start = 0;
        while (start < pattern.Length && pattern[start] == '*')
        {
            start++;
        }

        var inClass = false;
        var end = start;
        for (; end < pattern.Length; end++)
        {
            var c = pattern[end];
            if (c == '\\')
            {
                end = Math.Min(end + 1, pattern.Length - 1);
            }
            else if (c == '[')
            {
                inClass = true;
            }
            else if (c == ']')
            {
                inClass = false;
            }
            else if (c == '*' && !inClass)
            {
                break;
            }
        }

        return (start > 0, pattern[start..end], pattern[end..]);
    }

    /// <summary>Whether the name begins with the chunk and what follows; <see langword="null"/> when the chunk is wrong.</summary>
    private static (bool Matched, string Tail)? MatchChunk(string chunk, string name)
    {
        var failed = false;
        var at = 0;
        for (var i = 0; i < chunk.Length;)
        {
            failed = failed || at >= name.Length;
            switch (chunk[i])
            {
                case '[':
                    var rune = failed ? default : Rune.GetRuneAt(name, at);
                    if (MatchClass(chunk, ref i, rune) is not { } inClass)
                    {
                        return null;
                    }

                    failed = failed || !inClass;
                    at += failed ? 0 : rune.Utf16SequenceLength;
                    break;
                case '?':
                    failed = failed || name[at] == '/';
                    at += failed ? 0 : Rune.GetRuneAt(name, at).Utf16SequenceLength;
                    i++;
                    break;
                default:
                    if (chunk[i] == '\\' && ++i == chunk.Length)
                    {
                        return null;
                    }

                    failed = failed || chunk[i] != name[at];
                    at += failed ? 0 : 1;
                    i++;
                    break;
            }
        }

        return failed ? (false, "") : (true, name[at..]);
    }

    private static bool? MatchClass(string chunk, ref int i, Rune rune)
    {
        i++;
        var negated = i < chunk.Length && chunk[i] == '^';
        i += negated ? 1 : 0;
        var matched = false;
        for (var ranges = 0; ; ranges++)
        {
            if (i < chunk.Length && chunk[i] == ']' && ranges > 0)
            {
                i++;
                return matched != negated;
            }

            if (ClassRune(chunk, ref i) is not { } low)
            {
                return null;
            }

            var high = low;
            if (i < chunk.Length && chunk[i] == '-')
            {
                i++;
                if (ClassRune(chunk, ref i) is not { } end)
                {
                    return null;
                }

                high = end;
            }

            matched = matched || (low <= rune && rune <= high);
        }
    }

    private static Rune? ClassRune(string chunk, ref int i)
    {
        if (i >= chunk.Length || chunk[i] is '-' or ']')
        {
            return null;
        }

        if (chunk[i] == '\\' && ++i >= chunk.Length)
        {
            return null;
        }

        if (!Rune.TryGetRuneAt(chunk, i, out var rune))
        {
            return null;
        }

        i += rune.Utf16SequenceLength;
        return i < chunk.Length ? rune : null;
    }
}

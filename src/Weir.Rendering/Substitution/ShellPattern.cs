namespace Weir.Rendering;

/// <summary>Shell patterns as Go's <c>path.Match</c>, but <c>*</c> also matches a slash. A malformed pattern matches nothing.</summary>
internal static class ShellPattern
{
    public static bool Matches(string pattern, string text)
    {
        // Where the last star stood, to go back to when what follows it does not match.
        var (p, t, starPattern, starText) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                starPattern = ++p;
                starText = t;
            }
            else if (p < pattern.Length && Step(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (starPattern >= 0)
            {
                p = starPattern;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool Step(string pattern, ref int p, char current)
    {
        switch (pattern[p])
        {
            case '?':
                p++;
                return true;
            case '\\' when p + 1 < pattern.Length:
                if (pattern[p + 1] != current)
                {
                    return false;
                }

                p += 2;
                return true;
            case '[':
                return Class(pattern, ref p, current);
            default:
                if (pattern[p] != current)
                {
                    return false;
                }

                p++;
                return true;
        }
    }

    private static bool Class(string pattern, ref int p, char current)
    {
        var i = p + 1;
        var isNegated = i < pattern.Length && pattern[i] == '^';
        if (isNegated)
        {
            i++;
        }

        var isMatch = false;
        for (var count = 0; i < pattern.Length && (pattern[i] != ']' || count == 0); count++)
        {
            if (!Bound(pattern, ref i, out var low))
            {
                return false;
            }

            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-')
            {
                i++;
                if (!Bound(pattern, ref i, out high))
                {
                    return false;
                }
            }

            isMatch |= low <= current && current <= high;
        }

        if (i >= pattern.Length || isMatch == isNegated)
        {
            return false;
        }

        p = i + 1;
        return true;
    }

    private static bool Bound(string pattern, ref int i, out char bound)
    {
        bound = '\0';
        if (pattern[i] is '-' or ']')
        {
            return false;
        }

        if (pattern[i] == '\\' && ++i >= pattern.Length)
        {
            return false;
        }

        bound = pattern[i++];
        return true;
    }
}

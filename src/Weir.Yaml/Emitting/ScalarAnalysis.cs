using Weir.Yaml.Scanning;

namespace Weir.Yaml.Emitting;

/// <summary>Which styles a text may be written in, outside flow collections.</summary>
internal readonly struct ScalarAnalysis
{
    public bool IsMultiline { get; private init; }

    public bool AllowsPlain { get; private init; }

    public bool AllowsSingleQuoted { get; private init; }

    public bool AllowsLiteral { get; private init; }

    public static ScalarAnalysis Of(string text, bool goYamlV3)
    {
        if (text.Length == 0)
        {
            return new() { AllowsPlain = true, AllowsSingleQuoted = true };
        }

        var hasIndicators = text.StartsWith("---", StringComparison.Ordinal)
            || text.StartsWith("...", StringComparison.Ordinal)
            || StartsWithIndicator(text);
        bool lineBreaks = false, special = false, tabs = false, breakSpace = false, spaceBreak = false;
        bool previousSpace = false, previousBreak = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is > '0' and <= '~')
            {
                // Letters, and the other characters that matter nowhere but at the start: nearly all there are.
                if (c == ':' && (i + 1 == text.Length || YamlChar.IsBlank(text[i + 1])))
                {
                    hasIndicators = true;
                }

                previousSpace = false;
                previousBreak = false;
                continue;
            }

            if (c == '#' && i > 0 && YamlChar.IsBlankOrEnd(text[i - 1]))
            {
                hasIndicators = true;
            }

            if (c == '\t' && goYamlV3)
            {
                tabs = true;
            }
            else if (!IsPrintable(c))
            {
                special = true;
            }

            if (c == ' ')
            {
                breakSpace |= previousBreak;
                previousSpace = true;
                previousBreak = false;
            }
            else if (YamlChar.IsBreak(c))
            {
                lineBreaks = true;
                spaceBreak |= previousSpace;
                previousSpace = false;
                previousBreak = true;
            }
            else
            {
                previousSpace = false;
                previousBreak = false;
            }
        }

        var isEdgeFree = IsInk(text[0]) && IsInk(text[^1]);
        return new()
        {
            IsMultiline = lineBreaks,
            AllowsPlain = isEdgeFree && !breakSpace && !spaceBreak && !tabs && !special && !lineBreaks && !hasIndicators,
            AllowsSingleQuoted = !breakSpace && !spaceBreak && !tabs && !special,
            AllowsLiteral = text[^1] != ' ' && !spaceBreak && !special,
        };
    }

    /// <summary>libyaml's idea of printable: no control characters, no NEL, no byte order mark, nothing outside the basic plane.</summary>
    public static bool IsPrintable(char c) =>
        c is '\n' or (>= ' ' and <= '~') or (>= '\u00A0' and < '\uD800') or (>= '\uE000' and < '\uFEFF') or (> '\uFEFF' and <= '\uFFFD');

    private static bool IsInk(char c) => c != ' ' && !YamlChar.IsBreak(c);

    private static bool StartsWithIndicator(string text) => text[0] switch
    {
        '#' or ',' or '[' or ']' or '{' or '}' or '&' or '*' or '!' or '|' or '>' or '\'' or '"' or '%' or '@' or '`' => true,
        '?' or ':' or '-' => text.Length == 1 || YamlChar.IsBlank(text[1]),
        _ => false,
    };
}

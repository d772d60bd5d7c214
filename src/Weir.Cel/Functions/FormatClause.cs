using System.Globalization;

namespace Weir.Cel.Functions;

/// <summary>What a format string asks for at one place: a letter, and digits after the point where they are written.</summary>
internal readonly record struct FormatClause(char Letter, int? Precision)
{
    /// <summary>
    /// Reads the clause behind a percent sign. Answers how many characters it has, or cel-go's message.
    /// </summary>
    public static (int Length, string? Error) Read(ReadOnlySpan<char> text, out FormatClause clause)
    {
        clause = default;
        var at = 0;
        int? precision = null;
        if (text[0] == '.')
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at >= text.Length)
            {
                return (0, "could not parse formatting clause: error while parsing precision: could not find end of precision specifier");
            }

            if (!int.TryParse(text[1..at], NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
            {
                var problem = at == 1 ? "invalid syntax" : "value out of range";
                return (0, $"could not parse formatting clause: error while parsing precision: error while converting precision to integer: strconv.Atoi: parsing \"{text[1..at]}\": {problem}");
            }

            precision = digits;
        }

        var letter = text[at];
        if (letter is not ('s' or 'd' or 'f' or 'e' or 'b' or 'x' or 'X' or 'o'))
        {
            return (0, $"could not parse formatting clause: unrecognized formatting clause \"{letter}\"");
        }

        clause = new(letter, precision);
        return (at + 1, null);
    }
}

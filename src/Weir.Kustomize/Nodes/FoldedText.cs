using System.Text;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// What becomes of a string in folded style when go-yaml v3 writes and reads it once, which kustomize does with every
/// object: before a line that begins with a blank it writes one line break too many.
/// </summary>
internal static class FoldedText
{
    /// <summary>The text after one round.</summary>
    public static string RoundTrip(string text) => text.Contains('\n', StringComparison.Ordinal) ? Read(Write(text), Chomping(text)) : text;

    private static char Chomping(string text) =>
        !text.EndsWith('\n') ? '-' : text.Length == 1 || text[^2] == '\n' ? '+' : ' ';

    /// <summary>The lines below the indicator as go-yaml v3 writes them, without their indentation.</summary>
    private static string Write(string text)
    {
        var first = text.AsSpan().IndexOfAnyExcept('\n');
        var canAdd = first >= 0 && text[first] is not (' ' or '\t');
        var result = new StringBuilder(text.Length + 16);
        var isBreak = true;
        var isBlankLine = true;
        foreach (var c in text)
        {
            if (c == '\n')
            {
                if (!isBreak && !isBlankLine && canAdd)
                {
                    result.Append('\n');
                }

                result.Append('\n');
                isBreak = true;
                continue;
            }

            if (isBreak)
            {
                isBlankLine = c is ' ' or '\t';
            }

            result.Append(c);
            isBreak = false;
        }

        return result.Append(isBreak ? "" : "\n").ToString();
    }

    private static string Read(string lines, char chomping)
    {
        var result = new StringBuilder(lines.Length);
        var wasBlank = false;
        var lineBreak = "";
        var breaks = "";
        var at = 0;
        while (at < lines.Length && lines[at] == '\n')
        {
            breaks += "\n";
            at++;
        }

        while (at < lines.Length)
        {
            var isBlank = lines[at] is ' ' or '\t';
            if (lineBreak.Length > 0 && !wasBlank && !isBlank)
            {
                result.Append(breaks.Length == 0 ? " " : "");
            }
            else
            {
                result.Append(lineBreak);
            }

            result.Append(breaks);
            wasBlank = isBlank;
            var end = lines.IndexOf('\n', at);
            result.Append(lines, at, end - at);
            lineBreak = "\n";
            breaks = "";
            for (at = end + 1; at < lines.Length && lines[at] == '\n'; at++)
            {
                breaks += "\n";
            }
        }

        return result.Append(chomping == '-' ? "" : lineBreak).Append(chomping == '+' ? breaks : "").ToString();
    }
}

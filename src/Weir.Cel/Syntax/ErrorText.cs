using System.Globalization;
using System.Text;
using Weir.Cel.Data;

namespace Weir.Cel.Syntax;

/// <summary>Errors as cel-go shows them: place, message, the line, and a mark below it.</summary>
internal static class ErrorText
{
    private const int MaxShown = 100;
    private const int MaxLine = 16384;

    public static string Of(SyntaxErrors errors, string text)
    {
        List<int> starts = [0];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        var shown = errors.All.Take(MaxShown).Select(e => Place(text, starts, e.Position, e.Message)).OrderBy(e => e.Line).ThenBy(e => e.Column)
            .Select(e => Show(text, starts, e.Line, e.Column, e.Message)).ToList();
        if (errors.Count > MaxShown)
        {
            shown.Add($"{errors.Count - MaxShown} more errors were truncated");
        }

        return string.Join('\n', shown);
    }

    private static (int Line, int Column, string Message) Place(string text, List<int> starts, int position, string message)
    {
        if (position < 0)
        {
            return (-1, -1, message);
        }

        var line = starts.BinarySearch(position);
        line = line < 0 ? ~line - 1 : line;
        return (line + 1, Runes.Count(text[starts[line]..Math.Min(position, text.Length)]), message);
    }

    private static string Show(string text, List<int> starts, int line, int column, string message)
    {
        var shown = new StringBuilder().Append(CultureInfo.InvariantCulture, $"ERROR: <input>:{line}:{column + 1}: {message}");
        if (line < 1)
        {
            return shown.ToString();
        }

        var end = line < starts.Count ? starts[line] - 1 : text.Length;
        var snippet = text[starts[line - 1]..end].Replace('\t', ' ');
        if (Encoding.UTF8.GetByteCount(snippet) > MaxLine)
        {
            return shown.ToString();
        }

        shown.Append("\n | ").Append(snippet).Append("\n | ");
        var at = 0;
        for (var i = 0; i < column && at < snippet.Length; i++)
        {
            shown.Append(snippet[at] < 0x80 ? '.' : '．');
            at += Runes.Width(snippet, at);
        }

        return shown.Append(at < snippet.Length && snippet[at] >= 0x80 ? '＾' : '^').ToString();
    }
}

using System.Globalization;
using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>One text with the templates that it defines; shared by every set that parses the same text.</summary>
internal sealed class ParsedText(string name, string text, string leftDelimiter, string rightDelimiter)
{
    /// <summary>The name under which the text was parsed: what errors show as the file.</summary>
    public string Name { get; } = name;

    public string Text { get; } = text;

    public string LeftDelimiter { get; } = leftDelimiter;

    public string RightDelimiter { get; } = rightDelimiter;

    /// <summary>The templates by name, the text itself last.</summary>
    public List<Template> Templates { get; } = [];

    /// <summary>The line of a position from 1, and the bytes before it on that line.</summary>
    public (int Line, int Column) Locate(int position)
    {
        var before = Text.AsSpan(0, Math.Min(position, Text.Length));
        var lineStart = before.LastIndexOf('\n') + 1;
        return (before.Count('\n') + 1, GoString.ByteLength(before[lineStart..].ToString()));
    }

    public string Describe(int position)
    {
        var (line, column) = Locate(position);
        return string.Create(CultureInfo.InvariantCulture, $"{Name}:{line}:{column}");
    }
}

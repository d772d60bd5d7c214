using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// Changes scalars inside a YAML text and keeps the rest as it was written: comments, quotes and flow style. Lines are
/// brought to the form that kyaml gives them: two spaces a level, lists in the column of their key, no empty lines.
/// </summary>
internal static partial class EmbeddedYaml
{
    /// <summary>One scalar of the text: where it begins, its value there, and the value it gets.</summary>
    internal readonly record struct Edit(SourceSpan Span, Value Old, Value New);

    /// <summary>The changed text, or nothing when the text is written in a way that cannot be kept.</summary>
    public static string? Apply(string text, IReadOnlyList<Edit> edits)
    {
        var lines = text.Split('\n');
        foreach (var edit in edits.OrderByDescending(e => e.Span.Line).ThenByDescending(e => e.Span.Column))
        {
            if (!edit.Span.IsKnown || edit.Span.Line > lines.Length || Replace(lines[edit.Span.Line - 1], edit) is not { } line)
            {
                return null;
            }

            lines[edit.Span.Line - 1] = line;
        }

        return Reindent(lines)?.Trim();
    }

    private static string? Replace(string line, in Edit edit)
    {
        var start = edit.Span.Column - 1;
        if (start >= line.Length)
        {
            return null;
        }

        var text = Scalar.Text(edit.New);
        int end;
        string written;
        switch (line[start])
        {
            case '"':
                end = EndOfQuotes(line, start);
                written = $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
                break;
            case '\'':
                end = EndOfQuotes(line, start);
                written = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
                break;
            case '|' or '>' or '&' or '*' or '!':
                return null;
            default:
                var old = Scalar.Text(edit.Old);
                end = line.AsSpan(start).StartsWith(old) ? start + old.Length : -1;
                written = Plain(text, Scalar.Tag(edit.Old));
                break;
        }

        return end < 0 || text.Contains('\n', StringComparison.Ordinal) ? null : line[..start] + written + line[end..];
    }

    /// <summary>A plain scalar keeps its tag: a text that reads as another type gets quotes, or the tag in words.</summary>
    private static string Plain(string text, ScalarTag tag)
    {
        var resolved = ScalarText.Resolve(text);
        if (tag is ScalarTag.String or ScalarTag.Undecided)
        {
            return resolved == ScalarTag.String
                ? Weir.Yaml.YamlWriter.Write(new StringValue(text), NodeText.Style).TrimEnd('\n')
                : $"\"{text}\"";
        }

        return resolved == tag ? text : $"{ScalarText.Name(tag)} {text}";
    }

    private static int EndOfQuotes(string line, int start)
    {
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[start] == '"' && line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == line[start])
            {
                if (line[start] == '\'' && i + 1 < line.Length && line[i + 1] == '\'')
                {
                    i++;
                    continue;
                }

                return i + 1;
            }
        }

        return -1;
    }

    private static string? Reindent(string[] lines)
    {
        var result = new StringBuilder();
        var levels = new Stack<(int Old, int New, bool IsList)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var content = lines[i].TrimStart(' ');
            if (content.Trim().Length == 0 || (i == 0 && content.TrimEnd() == "---"))
            {
                continue;
            }

            if (content.StartsWith("---", StringComparison.Ordinal) || content[0] is '%' or '\t' or '?')
            {
                return null;
            }

            var indent = lines[i].Length - content.Length;
            if (content[0] == '#')
            {
                var level = levels.FirstOrDefault(l => l.Old == indent, (Old: indent, New: indent, IsList: false));
                result.Append(' ', level.New).Append(content.TrimEnd()).Append('\n');
                continue;
            }

            var column = Enter(levels, indent, content);
            result.Append(' ', column);
            while (IsItem(content))
            {
                var rest = content[1..].TrimStart(' ');
                indent += content.Length - rest.Length;
                result.Append("- ");
                column += 2;
                content = rest;
                if (content.Length > 0)
                {
                    levels.Push((indent, column, IsItem(content)));
                }
            }

            content = ColonSpaces().Replace(content.TrimEnd(), ": ", 1);
            result.Append(content).Append('\n');
            if (BlockScalar().Match(content) is { Success: true } block)
            {
                if (block.Groups["digit"].Success)
                {
                    return null;
                }

                i = CopyBlock(lines, i, levels.Peek(), result);
            }
        }

        return result.ToString().Replace("- \n", "-\n", StringComparison.Ordinal);
    }

    /// <summary>The column of a line, after leaving the levels that it ends and entering the one it begins.</summary>
    private static int Enter(Stack<(int Old, int New, bool IsList)> levels, int indent, string content)
    {
        var isItem = IsItem(content);
        while (levels.TryPeek(out var top) && (top.Old > indent || (top.Old == indent && top.IsList && !isItem)))
        {
            levels.Pop();
        }

        if (!levels.TryPeek(out var level))
        {
            levels.Push((indent, 0, isItem));
        }
        else if (level.Old < indent)
        {
            levels.Push((indent, isItem && !level.IsList ? level.New : level.New + 2, isItem));
        }
        else if (isItem && !level.IsList)
        {
            levels.Push((indent, level.New, true));
        }

        return levels.Peek().New;
    }

    private static int CopyBlock(string[] lines, int header, (int Old, int New, bool IsList) level, StringBuilder result)
    {
        var old = -1;
        var last = header;
        var blank = 0;
        for (var i = header + 1; i < lines.Length; i++)
        {
            var indent = lines[i].Length - lines[i].TrimStart(' ').Length;
            if (lines[i].Trim().Length == 0)
            {
                blank++;
                continue;
            }

            old = old < 0 ? indent : old;
            if (indent < old || old <= level.Old)
            {
                break;
            }

            result.Append('\n', blank).Append(' ', level.New + 2).Append(lines[i], old, lines[i].Length - old).Append('\n');
            blank = 0;
            last = i;
        }

        return last;
    }

    private static bool IsItem(string content) => content == "-" || content.StartsWith("- ", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=^[^\s""'\[\]{}#,][^\s:]*):[ ]{2,}(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex ColonSpaces();

    [GeneratedRegex(@"(?:^|[:\-] )[|>](?:[+-]?(?<digit>[1-9])[+-]?|[+-])?\s*(?:#.*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex BlockScalar();
}

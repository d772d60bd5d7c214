using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>Differences on a page: fields side by side, texts of several lines and whole objects line by line.</summary>
internal sealed class HtmlDifference(TextWriter output)
{
    /// <summary>Most characters of one object; a definition of a custom resource has some hundred thousand.</summary>
    public const int ObjectLimit = 40_000;

    /// <summary>Most characters of all objects, which browsers open in a moment.</summary>
    public const int PageLimit = 40_000_000;

    private const int ValueLimit = 2_000;

    private int _left = PageLimit;

    /// <summary>The objects whose differences did not find room.</summary>
    public int Cut { get; private set; }

    public void Object(ObjectChange change)
    {
        if (_left <= 0)
        {
            Cut++;
            output.Write("<p class=cut>Not shown: the page has reached its size. <code>weir diff -o unified</code> shows everything.</p>");
            return;
        }

        if (change.Fields.Count > 0)
        {
            Fields(change.Fields);
            output.Write("<details class=all><summary>All lines</summary>");
            Lines(ReportText.Hunks(change.Before, change.After));
            output.Write("</details>");
            return;
        }

        Lines(ReportText.Hunks(change.Before, change.After));
    }

    /// <param name="fields">The fields.</param>
    /// <param name="withPlaces">Whether file and line of each stand with it.</param>
    public void Fields(IReadOnlyList<FieldChange> fields, bool withPlaces = false)
    {
        output.Write("<div class=scroll><table class=fields><thead><tr><th scope=col>field<th scope=col>before<th scope=col>after<tbody>");
        var room = Math.Min(ObjectLimit, _left);
        for (var i = 0; i < fields.Count; i++)
        {
            if (room <= 0)
            {
                output.Write($"<tr><td colspan=3 class=cut>{HtmlText.Count(fields.Count - i, "more field")} not shown here");
                break;
            }

            room -= Field(fields[i], withPlaces && fields[i].Span.IsKnown ? $"{fields[i].Span.File}:{fields[i].Span.Line}" : "");
        }

        output.Write("</table></div>");
    }

    private int Field(FieldChange field, string place)
    {
        output.Write($"<tr><th scope=row><code>{HtmlText.Escape(field.Path)}</code>{(place.Length == 0 ? "" : $" <small>{HtmlText.Escape(place)}</small>")}");
        var (before, after) = (Text(field.Before), Text(field.After));
        if (before is not null && after is not null && (before.Contains('\n', StringComparison.Ordinal) || after.Contains('\n', StringComparison.Ordinal)))
        {
            output.Write("<td colspan=2>");
            Lines(ReportText.Hunks(before, after));
        }
        else
        {
            output.Write("<td class=before>");
            Side(before, "del");
            output.Write("<td class=after>");
            Side(after, "ins");
        }

        return (before?.Length ?? 0) + (after?.Length ?? 0) + field.Path.Length;
    }

    private void Side(string? text, string element)
    {
        if (text is null)
        {
            output.Write("<span class=none>(none)</span>");
            return;
        }

        var shown = text.Length > ValueLimit ? text[..ValueLimit] : text;
        output.Write($"<{element}>{HtmlText.Escape(shown)}</{element}>");
        _left -= shown.Length;
        if (shown.Length < text.Length)
        {
            output.Write($"<span class=cut>{HtmlText.Count(text.Length - shown.Length, "more character")}</span>");
        }
    }

    // Lines of one kind are one element, so that a page of many objects stays small.
    private void Lines(IReadOnlyList<string> lines)
    {
        output.Write("<pre tabindex=0>");
        var room = Math.Min(ObjectLimit, _left);
        var run = new StringBuilder();
        var kind = ' ';
        var i = 0;
        for (; i < lines.Count && room > 0; i++)
        {
            var line = lines[i];
            if (line[0] != kind)
            {
                Flush(run, kind);
                kind = line[0];
            }

            run.Append(line, 0, Math.Min(line.Length, room)).Append('\n');
            room -= line.Length;
            _left -= line.Length;
        }

        Flush(run, kind);
        output.Write("</pre>");
        if (i < lines.Count)
        {
            output.Write($"<p class=cut>{HtmlText.Count(lines.Count - i, "more line")} not shown here. <code>weir diff -o unified</code> shows everything.</p>");
        }
    }

    private void Flush(StringBuilder run, char kind)
    {
        if (run.Length == 0)
        {
            return;
        }

        var element = kind switch { '+' => "ins", '-' => "del", '@' => "b", _ => null };
        var text = HtmlText.Escape(run.ToString());
        output.Write(element is null ? text : $"<{element}>{text}</{element}>");
        run.Clear();
    }

    private static string? Text(Value? value) => value switch
    {
        null => null,
        StringValue s => s.Value,
        MapValue or ListValue => YamlWriter.Write(value).TrimEnd('\n'),
        _ => value.ToString() ?? "",
    };
}

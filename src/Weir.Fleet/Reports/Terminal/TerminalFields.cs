using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>Fields that differ: on one line where they fit, texts of several lines as line differences.</summary>
internal sealed class TerminalFields(TerminalText text, int indent)
{
    private const int MostLines = 60;

    private readonly string _margin = new(' ', indent);

    public void Write(IEnumerable<FieldChange> fields)
    {
        foreach (var field in fields)
        {
            Write(VisibleText.Of(field.Path.ReplaceLineEndings("⏎")), field);
        }
    }

    private void Write(string path, FieldChange field)
    {
        if (field.Before is null || field.After is null)
        {
            var (sign, colour) = field.Before is null ? ("+", TerminalText.Green) : ("-", TerminalText.Red);
            One(sign, colour, path, field.Before ?? field.After!);
            return;
        }

        var (before, after) = (OneLine(field.Before), OneLine(field.After));
        if (before is null || after is null)
        {
            text.Line($"{_margin}~ {path}:");
            Hunks(ReportText.Hunks(Lines(field.Before), Lines(field.After)));
            return;
        }

        if (indent + path.Length + before.Length + after.Length + 7 <= text.RoomAfter(0))
        {
            text.Line($"{_margin}~ {path}: {text.Paint(before, TerminalText.Red)} → {text.Paint(after, TerminalText.Green)}");
            return;
        }

        (before, after) = TerminalText.Cut(before, after, text.RoomAfter(indent + 4));
        text.Line($"{_margin}~ {path}:");
        text.Line($"{_margin}  {text.Paint("- " + before, TerminalText.Red)}");
        text.Line($"{_margin}  {text.Paint("+ " + after, TerminalText.Green)}");
    }

    // A field that comes or goes.
    private void One(string sign, string colour, string path, Value value)
    {
        var line = OneLine(value);
        if (line is not null && (value is not (MapValue or ListValue) || line.Length <= text.RoomAfter(indent + path.Length + 4)))
        {
            text.Line(_margin + text.Paint($"{sign} {path}: {TerminalText.Cut(line, text.RoomAfter(indent + path.Length + 4))}", colour));
            return;
        }

        text.Line(_margin + text.Paint($"{sign} {path}:", colour));
        Shown([.. Lines(value).TrimEnd('\n').Split('\n').Select(l => sign + l)]);
    }

    private void Hunks(IReadOnlyList<string> lines) =>
        Shown([.. lines.Skip(1).Select(static l => l.StartsWith('@') ? " ⋯" : l)]);

    private void Shown(List<string> lines)
    {
        foreach (var line in lines.Take(MostLines))
        {
            var shown = TerminalText.Cut(VisibleText.Of(line), text.RoomAfter(indent + 2));
            text.Line($"{_margin}  {text.Paint(shown, line[0] switch { '+' => TerminalText.Green, '-' => TerminalText.Red, _ => TerminalText.Faint })}");
        }

        if (lines.Count > MostLines)
        {
            text.Line($"{_margin}  {text.Paint($"⋯ {lines.Count - MostLines} more lines, which -o unified shows", TerminalText.Faint)}");
        }
    }

    private static string Lines(Value value) => value switch
    {
        StringValue s => s.Value,
        MapValue or ListValue => YamlWriter.Write(value),
        _ => value.ToString() ?? "",
    };

    private static string? OneLine(Value value) => value switch
    {
        StringValue s when s.Value.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) => null,
        StringValue { Value: "" } => "\"\"",
        StringValue s => VisibleText.Of(s.Value.ReplaceLineEndings("⏎")),
        MapValue or ListValue => VisibleText.Of(JsonWriter.Write(value, new() { EscapeHtml = false, KeepOrder = true })),
        _ => value.ToString() ?? "",
    };
}

using System.Globalization;
using System.Text;

namespace Weir.Fleet;

/// <summary>
/// A comment for a merge request: the reach, findings and images first, then each application folded. It never grows over a
/// size: what is cut is counted. Texts of the repository are shown as they are, and none of them is markup, a mention or a
/// command.
/// </summary>
public static class MarkdownReport
{
    /// <summary>GitHub takes 65,536 characters in a comment, and GitLab 1,000,000, which nobody reads.</summary>
    public const int DefaultBudget = 60_000;

    /// <summary>The least size that has room for the first sentence and the last.</summary>
    public const int LeastBudget = 1_000;

    /// <summary>Room for the line that says what was cut.</summary>
    private const int Reserve = 200;

    /// <summary>Room for the line that says what of an application was cut.</summary>
    private const string More = "_1000000 objects are not shown here._\n\n";

    private const int LongestCell = 400;
    private const int MostValues = 20;

    /// <summary>The report.</summary>
    public static string Write(FleetReport report, MarkdownOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        options ??= MarkdownOptions.Default;
        var tail = Tail(report, options);
        var budget = options.Budget - Reserve - tail.Length;
        var head = $"### Weir: what this change does\n\n{report.Reach}\n\n";
        var text = new StringBuilder(head);
        Findings(report, text, budget / 3);
        Images(report, text, budget / 2);
        Reach(report, text, budget * 2 / 3);
        if (text.Length > budget)
        {
            text.Clear().Append(head).Append(report.Findings.Count > 0 ? $"_{report.Findings.Count} findings are not shown here._\n\n" : "");
        }

        // Every application has at least a line, as long as those lines leave room for what changes.
        var lines = report.Diff.Units.Select(Line).ToList();
        var reserved = lines.Sum(static l => l.Length);
        var mostReserved = Math.Max(0, (budget - text.Length) / 2);
        var (cutUnits, cutObjects) = (0, 0);
        for (var i = 0; i < lines.Count; i++)
        {
            var unit = report.Diff.Units[i];
            reserved -= lines[i].Length;
            var (section, cut) = Unit(unit, budget - text.Length - Math.Min(reserved, mostReserved));
            if (section is null)
            {
                cut = unit.Objects.Count;
                section = text.Length + lines[i].Length <= budget ? lines[i] : null;
                cutUnits += section is null ? 1 : 0;
            }

            cutObjects += cut;
            text.Append(section);
        }

        if (cutUnits + cutObjects > 0)
        {
            text.Append($"\n_Cut to fit: {cutUnits} applications and the diffs of {cutObjects} objects are not shown here. `weir diff` shows everything._\n");
        }

        return text.Append(tail).ToString();
    }

    private static string Tail(FleetReport report, MarkdownOptions options)
    {
        var link = options.Link is { } url ? $"\n[The whole report]({url.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})\n" : "";
        return link + "\n" + MarkdownResult.Write(report.Verdict(options.FailsOn), report.Reach) + "\n";
    }

    private static void Findings(FleetReport report, StringBuilder text, int limit)
    {
        if (report.Findings.Count == 0)
        {
            return;
        }

        text.Append("| | finding | where | what |\n|---|---|---|---|\n");
        for (var i = 0; i < report.Findings.Count; i++)
        {
            var finding = report.Findings[i];
            var mark = finding.Severity switch { FindingSeverity.Error => "🛑", FindingSeverity.Warning => "⚠️", _ => "ℹ️" };
            var place = finding.Span.IsKnown && !finding.Message.StartsWith(finding.Span.ToString(), StringComparison.Ordinal) ? $"<br>{Code(finding.Span.ToString())}" : "";
            text.Append($"| {mark} | {Code(finding.Rule)} | {Cell(finding.Unit.ToString())}{(finding.Object is { } key ? $"<br>{Code(key.ToString())}" : "")} | {Cell(finding.Message)}{place} |\n");
            if (text.Length > limit && i < report.Findings.Count - 1)
            {
                text.Append($"\n_{report.Findings.Count - 1 - i} more findings are not shown here._\n");
                break;
            }
        }

        text.Append('\n');
    }

    private static void Images(FleetReport report, StringBuilder text, int limit)
    {
        if (report.Diff.Images.Count == 0)
        {
            return;
        }

        text.Append("| image | before | after | applications |\n|---|---|---|---|\n");
        for (var i = 0; i < report.Diff.Images.Count; i++)
        {
            var image = report.Diff.Images[i];
            text.Append($"| {Code(image.Name)} | {Cell(string.Join(", ", image.Before))} | {Cell(string.Join(", ", image.After))} | {image.Units.Count} |\n");
            if (text.Length > limit && i < report.Diff.Images.Count - 1)
            {
                text.Append($"\n_{report.Diff.Images.Count - 1 - i} more images are not shown here._\n");
                break;
            }
        }

        text.Append('\n');
    }

    private static void Reach(FleetReport report, StringBuilder text, int limit)
    {
        var clusters = report.Diff.Units.GroupBy(static u => u.Id.Cluster).ToList();
        if (clusters.Count == 0)
        {
            return;
        }

        text.Append("| cluster | applications | created | changed | deleted |\n|---|---|---|---|---|\n");
        for (var i = 0; i < clusters.Count; i++)
        {
            var (created, changed, deleted) = FleetReport.Count(clusters[i]);
            text.Append($"| {Cell(clusters[i].Key)} | {clusters[i].Count()} | {created} | {changed} | {deleted} |\n");
            if (text.Length > limit && i < clusters.Count - 1)
            {
                text.Append($"\n_{clusters.Count - 1 - i} more clusters are not shown here._\n");
                break;
            }
        }

        text.Append('\n');
    }

    private static string Title(UnitChange unit)
    {
        var kind = unit.Kind switch { ChangeKind.Created => "new, ", ChangeKind.Deleted => "deleted, ", _ => "" };
        var objects = unit.Objects.Count == 1 ? "1 object" : $"{unit.Objects.Count} objects";
        var chart = unit.Chart is { } c ? Html($", chart {c.Before} → {c.After}") : "";
        return $"<b>{Html(unit.Id.Cluster)}</b> {Html($"{unit.Id.Kind} {unit.Id.Namespace}/{unit.Id.Name}")}: {(unit.IsUnknown ? "cannot be rendered" : kind + objects)}{chart}";
    }

    /// <summary>An application that there is no room to unfold.</summary>
    private static string Line(UnitChange unit) => $"<p>{Title(unit)} (not shown here)</p>\n\n";

    private static (string? Section, int Cut) Unit(UnitChange unit, int room)
    {
        var head = new StringBuilder($"<details><summary>{Title(unit)}</summary>\n\n");
        foreach (var error in new[] { ("before", unit.ErrorBefore), ("after", unit.ErrorAfter) })
        {
            if (error.Item2 is { } text)
            {
                head.Append($"It cannot be rendered {error.Item1}:\n\n");
                Fence(head, "", text.Split('\n'));
            }
        }

        const string Tail = "</details>\n\n";
        if (head.Length + Tail.Length > room)
        {
            return (null, 0);
        }

        var values = new StringBuilder();
        Fields(unit.Values, "Values", values);
        Chart(unit, values);
        if (head.Length + values.Length + Tail.Length <= room)
        {
            head.Append(values);
        }

        var cut = 0;
        foreach (var change in unit.Objects)
        {
            var body = new StringBuilder();
            body.Append(Code($"{ReportText.Sign(change.Kind)} {change.Key}")).Append(change.OldName.Length > 0 ? $" (was {Code(change.OldName)})" : "").Append("\n\n");
            Fence(body, "diff", ReportText.Hunks(change.Before, change.After));
            if (head.Length + body.Length + Tail.Length + More.Length > room)
            {
                cut++;
                continue;
            }

            head.Append(body);
        }

        if (cut == unit.Objects.Count && cut > 0 && values.Length == 0)
        {
            return (null, 0);
        }

        if (cut > 0)
        {
            head.Append(string.Create(CultureInfo.InvariantCulture, $"_{cut} {(cut == 1 ? "object is" : "objects are")} not shown here._\n\n"));
        }

        return (head.Append(Tail).ToString(), cut);
    }

    private static void Chart(UnitChange unit, StringBuilder text)
    {
        if (unit.ChartContent is not { } content)
        {
            return;
        }

        if (content.AppVersions is { } versions)
        {
            text.Append("Application version: ").Append(Html($"{versions.Before} → {versions.After}")).Append("\n\n");
        }

        Fields(content.Defaults, "Default values of the chart", text);
        if (content.Files.Count > 0)
        {
            text.Append(content.Files.Count > MostValues ? $"Files of the chart, the first {MostValues} of {content.Files.Count}:\n\n" : "Files of the chart:\n\n");
            Fence(text, "", [.. content.Files.Take(MostValues)]);
        }
    }

    private static void Fields(IReadOnlyList<FieldChange> fields, string title, StringBuilder text)
    {
        if (fields.Count == 0)
        {
            return;
        }

        var lines = new List<string>();
        foreach (var field in fields.Take(MostValues))
        {
            var place = field.Span.IsKnown ? $"  # {field.Span.File}:{field.Span.Line}" : "";
            lines.AddRange(field.Before is null ? [] : [$"- {field.Path}: {ReportText.Short(field.Before)}{(field.After is null ? place : "")}"]);
            lines.AddRange(field.After is null ? [] : [$"+ {field.Path}: {ReportText.Short(field.After)}{place}"]);
        }

        text.Append(fields.Count > MostValues ? $"{title}, the first {MostValues} of {fields.Count}:\n\n" : $"{title}:\n\n");
        Fence(text, "diff", lines);
    }

    /// <summary>A block whose fence is longer than any run of backticks in it.</summary>
    private static void Fence(StringBuilder text, string language, IReadOnlyList<string> lines)
    {
        var fence = new string('`', Math.Max(3, lines.Select(static l => LongestRun(l)).DefaultIfEmpty().Max() + 1));
        text.Append(fence).Append(language).Append('\n');
        foreach (var line in lines)
        {
            text.Append(VisibleText.Of(line.ReplaceLineEndings("⏎"))).Append('\n');
        }

        text.Append(fence).Append("\n\n");
    }

    /// <summary>A code span, also inside of a table.</summary>
    private static string Code(string text)
    {
        text = Cut(VisibleText.Of(text)).ReplaceLineEndings("⏎").Replace("|", "\\|", StringComparison.Ordinal);
        var fence = new string('`', LongestRun(text) + 1);
        var space = text.StartsWith('`') || text.EndsWith('`') || text.Length == 0 ? " " : "";
        return $"{fence}{space}{text}{space}{fence}";
    }

    /// <summary>Plain text on one line: no markup, and no mention of a person.</summary>
    private static string Cell(string text)
    {
        var result = new StringBuilder();
        foreach (var c in Cut(VisibleText.Of(text)).ReplaceLineEndings(" "))
        {
            _ = c switch
            {
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '&' => result.Append("&amp;"),
                '@' => result.Append("@&#8203;"),
                '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '!' => result.Append('\\').Append(c),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    /// <summary>The same inside of an element.</summary>
    private static string Html(string text) => HtmlText.Escape(Cut(text)).ReplaceLineEndings(" ").Replace("@", "@&#8203;", StringComparison.Ordinal);

    private static string Cut(string text) => text.Length > LongestCell ? text[..LongestCell] + "…" : text;

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

using System.Text;

namespace Weir.Fleet;

/// <summary>
/// A comment for a merge request: the reach, findings and images first, then each application folded. It never grows over a
/// size: what is cut is counted.
/// </summary>
public static class MarkdownReport
{
    /// <summary>What GitLab takes in a comment; GitHub takes 65,536 characters.</summary>
    public const int DefaultBudget = 60_000;

    /// <summary>Room for the line that says what was cut.</summary>
    private const int Reserve = 200;

    /// <summary>The report, of at most this many characters.</summary>
    public static string Write(FleetReport report, int budget = DefaultBudget)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append("### Weir: what this change does\n\n").Append(report.Reach).Append("\n\n");
        Findings(report, text, budget / 3);
        Images(report, text, budget / 2);
        if (report.Clusters.Count > 0)
        {
            Reach(report, text);
        }

        var (cutUnits, cutObjects) = (0, 0);
        foreach (var unit in report.Diff.Units)
        {
            var (section, cut) = Unit(unit, budget - Reserve - text.Length);
            if (section is null)
            {
                cutUnits++;
                cutObjects += unit.Objects.Count;
                continue;
            }

            cutObjects += cut;
            text.Append(section);
        }

        if (cutUnits + cutObjects > 0)
        {
            text.Append($"\n_Cut to fit: {cutUnits} applications and the diffs of {cutObjects} objects are not shown here. `weir diff` shows everything._\n");
        }

        return text.ToString();
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
            var place = finding.Span.IsKnown ? $"<br>`{finding.Span}`" : "";
            text.Append($"| {mark} | `{finding.Rule}` | {finding.Unit}{(finding.Object is { } key ? $"<br>`{key}`" : "")} | {Cell(finding.Message)}{place} |\n");
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
            text.Append($"| `{image.Name}` | {Cell(string.Join(", ", image.Before))} | {Cell(string.Join(", ", image.After))} | {image.Units.Count} |\n");
            if (text.Length > limit && i < report.Diff.Images.Count - 1)
            {
                text.Append($"\n_{report.Diff.Images.Count - 1 - i} more images are not shown here._\n");
                break;
            }
        }

        text.Append('\n');
    }

    private static void Reach(FleetReport report, StringBuilder text)
    {
        text.Append("| cluster | applications | created | changed | deleted |\n|---|---|---|---|---|\n");
        foreach (var cluster in report.Clusters)
        {
            var units = report.Diff.Units.Where(u => u.Id.Cluster == cluster).ToList();
            var (created, changed, deleted) = FleetReport.Count(units);
            text.Append($"| {cluster} | {units.Count} | {created} | {changed} | {deleted} |\n");
        }

        text.Append('\n');
    }

    private static (string? Section, int Cut) Unit(UnitChange unit, int room)
    {
        var head = new StringBuilder();
        var chart = unit.Chart is { } c ? $", chart {c.Before} → {c.After}" : "";
        head.Append($"<details><summary><b>{unit.Id.Cluster}</b> {unit.Id.Kind} {unit.Id.Namespace}/{unit.Id.Name}: ");
        head.Append(unit.Kind == ChangeKind.Changed ? $"{unit.Objects.Count} objects" : $"{(unit.Kind == ChangeKind.Created ? "new" : "deleted")}, {unit.Objects.Count} objects");
        head.Append($"{chart}</summary>\n\n");
        foreach (var error in new[] { ("before", unit.ErrorBefore), ("after", unit.ErrorAfter) })
        {
            if (error.Item2 is { } text)
            {
                head.Append($"It cannot be rendered {error.Item1}:\n\n```\n{Fenced(text)}\n```\n\n");
            }
        }

        const string Tail = "</details>\n";
        if (head.Length + Tail.Length > room)
        {
            return (null, 0);
        }

        var cut = 0;
        foreach (var change in unit.Objects)
        {
            var body = new StringBuilder();
            body.Append($"`{ReportText.Sign(change.Kind)} {change.Key}`{(change.OldName.Length > 0 ? $" (was `{change.OldName}`)" : "")}\n\n```diff\n");
            foreach (var line in ReportText.Hunks(change.Before, change.After))
            {
                body.Append(Fenced(line)).Append('\n');
            }

            body.Append("```\n\n");
            if (head.Length + body.Length + Tail.Length > room)
            {
                cut++;
                continue;
            }

            head.Append(body);
        }

        return (head.Append(Tail).ToString(), cut);
    }

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    // A fence inside of a diff would end it.
    private static string Fenced(string text) => text.Replace("```", "`\u200b``", StringComparison.Ordinal);
}

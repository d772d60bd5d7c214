namespace Weir.Fleet;

/// <summary>A report for people at a terminal: by cluster, application, object and field.</summary>
public static class TerminalReport
{
    private const int UnitIndent = 2;
    private const int ObjectIndent = 4;
    private const int FieldIndent = 6;

    /// <summary>Writes the report.</summary>
    public static void Write(FleetReport report, TextWriter output, TerminalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var text = new TerminalText(output, options ?? TerminalOptions.Plain);
        string? cluster = null;
        foreach (var unit in report.Diff.Units)
        {
            if (unit.Id.Cluster != cluster)
            {
                cluster = unit.Id.Cluster;
                text.Line(text.Paint(VisibleText.Of(cluster), TerminalText.Bold));
            }

            Unit(unit, text);
        }

        Images(report, text);
        Findings(report, text);
        text.Wrapped(0, "", report.Reach);
    }

    private static void Unit(UnitChange unit, TerminalText text)
    {
        var chart = unit.Chart is { } c ? VisibleText.Of($"  chart {c.Before} → {c.After}") : "";
        text.Line($"{Space(UnitIndent)}{Signed(unit.Kind, $"{unit.Id.Kind} {unit.Id.Namespace}/{unit.Id.Name}", text)}{chart}");
        Error("cannot be rendered before: ", unit.ErrorBefore, text);
        Error("cannot be rendered after: ", unit.ErrorAfter, text);
        if (unit.ChartContent is { } content)
        {
            var app = content.AppVersions is { } versions ? $", app {versions.Before} → {versions.After}" : "";
            text.Line(VisibleText.Of($"{Space(ObjectIndent)}chart: {content.Defaults.Count} default values and {content.Files.Count} files differ{app}"));
        }

        if (unit.Values.Count > 0)
        {
            text.Line($"{Space(ObjectIndent)}{text.Paint("~ values", TerminalText.Yellow)}");
            new TerminalFields(text, FieldIndent).Write(unit.Values);
        }

        foreach (var change in unit.Objects)
        {
            text.Line($"{Space(ObjectIndent)}{Signed(change.Kind, $"{change.Key}{(change.OldName.Length > 0 ? $" (was {change.OldName})" : "")}", text)}");
            new TerminalFields(text, FieldIndent).Write(change.Fields);
        }
    }

    private static void Error(string head, string? error, TerminalText text)
    {
        if (error is not null)
        {
            text.Wrapped(ObjectIndent, head, error, TerminalText.Red);
        }
    }

    private static void Images(FleetReport report, TerminalText text)
    {
        if (report.Diff.Images.Count == 0)
        {
            return;
        }

        text.Line(text.Paint("Images", TerminalText.Bold));
        foreach (var image in report.Diff.Images)
        {
            text.Wrapped(UnitIndent, "", $"{image.Name}: {Tags(image.Before)} → {Tags(image.After)} ({image.Units.Count} application{(image.Units.Count == 1 ? "" : "s")})");
        }
    }

    private static void Findings(FleetReport report, TerminalText text)
    {
        if (report.Findings.Count == 0)
        {
            return;
        }

        text.Line(text.Paint("Findings", TerminalText.Bold));
        foreach (var finding in report.Findings)
        {
            var colour = finding.Severity switch { FindingSeverity.Error => TerminalText.Red, FindingSeverity.Warning => TerminalText.Yellow, _ => "" };
            var place = finding.Span.IsKnown && !finding.Message.StartsWith(finding.Span.ToString(), StringComparison.Ordinal) ? $" ({finding.Span})" : "";
            text.Wrapped(UnitIndent, $"{ReportText.Name(finding.Severity)} {finding.Rule} ", $"{finding.Unit}{(finding.Object is { } key ? $" {key}" : "")}: {finding.Message}{place}", colour);
        }
    }

    private static string Signed(ChangeKind kind, string name, TerminalText text) => text.Paint(
        $"{ReportText.Sign(kind)} {VisibleText.Of(name.ReplaceLineEndings("⏎"))}",
        kind switch { ChangeKind.Created => TerminalText.Green, ChangeKind.Deleted => TerminalText.Red, _ => TerminalText.Yellow });

    private static string Space(int count) => new(' ', count);

    private static string Tags(IReadOnlyList<string> tags) => tags.Count == 0 ? "(none)" : string.Join(", ", tags);
}

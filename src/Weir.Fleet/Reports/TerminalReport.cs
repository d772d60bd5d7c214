namespace Weir.Fleet;

/// <summary>A report for people at a terminal: by cluster, application, object and field.</summary>
public static class TerminalReport
{
    private const string Red = "\e[31m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";

    /// <summary>Writes the report, with ANSI colours when asked.</summary>
    public static void Write(FleetReport report, TextWriter output, bool withColour)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var cluster = "";
        foreach (var unit in report.Diff.Units)
        {
            if (unit.Id.Cluster != cluster)
            {
                cluster = unit.Id.Cluster;
                output.WriteLine(Paint(cluster, Bold));
            }

            var chart = unit.Chart is { } c ? $"  chart {c.Before} → {c.After}" : "";
            output.WriteLine($"  {Signed(unit.Kind, $"{unit.Id.Kind} {unit.Id.Namespace}/{unit.Id.Name}")}{chart}");
            foreach (var error in new[] { ("before", unit.ErrorBefore), ("after", unit.ErrorAfter) })
            {
                if (error.Item2 is { } text)
                {
                    output.WriteLine(Paint($"    cannot be rendered {error.Item1}: {text}", Red));
                }
            }

            foreach (var change in unit.Objects)
            {
                output.WriteLine($"    {Signed(change.Kind, $"{change.Key}{(change.OldName.Length > 0 ? $" (was {change.OldName})" : "")}")}");
                foreach (var field in change.Fields)
                {
                    output.WriteLine($"        {field.Path}: {Paint(ReportText.Short(field.Before), Red)} → {Paint(ReportText.Short(field.After), Green)}");
                }
            }
        }

        if (report.Diff.Images.Count > 0)
        {
            output.WriteLine(Paint("Images", Bold));
            foreach (var image in report.Diff.Images)
            {
                output.WriteLine($"  {image.Name}: {Tags(image.Before)} → {Tags(image.After)} ({image.Units.Count} applications)");
            }
        }

        if (report.Findings.Count > 0)
        {
            output.WriteLine(Paint("Findings", Bold));
            foreach (var finding in report.Findings)
            {
                var place = finding.Span.IsKnown ? $" ({finding.Span})" : "";
                var name = finding.Severity switch { FindingSeverity.Error => Paint("error", Red), FindingSeverity.Warning => Paint("warning", Yellow), _ => "info" };
                output.WriteLine($"  {name} {finding.Rule} {finding.Unit}{(finding.Object is { } key ? $" {key}" : "")}: {finding.Message}{place}");
            }
        }

        output.WriteLine(report.Reach);

        string Paint(string text, string colour) => withColour ? colour + text + Reset : text;

        string Signed(ChangeKind kind, string text) => Paint(
            $"{ReportText.Sign(kind)} {text}", kind switch { ChangeKind.Created => Green, ChangeKind.Deleted => Red, _ => Yellow });
    }

    private static string Tags(IReadOnlyList<string> tags) => tags.Count == 0 ? "(none)" : string.Join(", ", tags);
}

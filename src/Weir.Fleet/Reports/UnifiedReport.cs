namespace Weir.Fleet;

/// <summary>A unified diff with one file for each object: <c>cluster/Kind.namespace.name/Object</c>.</summary>
public static class UnifiedReport
{
    public static void Write(FleetReport report, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        foreach (var unit in report.Diff.Units)
        {
            var folder = Line($"{unit.Id.Cluster}/{unit.Id.Kind}/{unit.Id.Namespace}/{unit.Id.Name}");
            foreach (var error in new[] { unit.ErrorBefore, unit.ErrorAfter })
            {
                if (error is not null)
                {
                    output.WriteLine($"# {folder}: cannot be rendered: {error.ReplaceLineEndings(" ")}");
                }
            }

            foreach (var change in unit.Objects)
            {
                var old = change.OldName.Length > 0 ? change.Key with { Name = change.OldName } : change.Key;
                output.WriteLine($"--- {(change.Before is null ? "/dev/null" : $"a/{folder}/{Line(old.ToString())}")}");
                output.WriteLine($"+++ {(change.After is null ? "/dev/null" : $"b/{folder}/{Line(change.Key.ToString())}")}");
                foreach (var line in ReportText.Hunks(change.Before, change.After))
                {
                    output.WriteLine(line);
                }
            }
        }
    }

    // A name with a line break would be read as lines of the diff.
    private static string Line(string text) => VisibleText.Of(text.ReplaceLineEndings("⏎"));
}

namespace Weir.Fleet;

/// <summary>How far a change reaches: applications against clusters, each cell a link to the difference.</summary>
internal static class HtmlReach
{
    public static void Write(FleetReport report, TextWriter output)
    {
        var clusters = report.Clusters;
        output.Write("<section aria-labelledby=reach><h2 id=reach>Reach</h2><div class=scroll tabindex=0 role=region aria-labelledby=reach><table class=matrix><thead><tr><th scope=col>application");
        foreach (var cluster in clusters)
        {
            output.Write($"<th scope=col>{HtmlText.Escape(cluster)}");
        }

        output.Write("<tbody>");
        var units = report.Diff.Units.Select(static (unit, index) => (unit, index));
        foreach (var application in units.GroupBy(static u => (u.unit.Id.Kind, u.unit.Id.Namespace, u.unit.Id.Name)).OrderBy(static g => g.Key))
        {
            var (kind, ns, name) = application.Key;
            output.Write($"<tr><th scope=row><small>{HtmlText.Escape(kind)}</small> {HtmlText.Escape($"{ns}/{name}")}");
            var cells = application.ToDictionary(static u => u.unit.Id.Cluster, StringComparer.Ordinal);
            foreach (var cluster in clusters)
            {
                output.Write("<td>");
                if (cells.TryGetValue(cluster, out var cell))
                {
                    output.Write($"<a href=\"#u{cell.index}\">{Cell(cell.unit)}</a>");
                }
            }
        }

        output.Write("<tfoot><tr><th scope=row>all objects");
        foreach (var cluster in clusters)
        {
            output.Write($"<td>{Counts(FleetReport.Count(report.Diff.Units.Where(u => u.Id.Cluster == cluster)))}");
        }

        output.Write("</table></div></section>\n");
    }

    /// <summary>What happens to the objects of a unit, in a few characters with their words for who does not see them.</summary>
    public static string Cell(UnitChange unit) =>
        unit.ErrorAfter is not null ? "<span class=error>cannot be rendered</span>"
        : unit.ErrorBefore is not null ? "<span class=warning>could not be rendered</span>"
        : Counts(FleetReport.Count([unit]));

    private static string Counts((int Created, int Changed, int Deleted) counts)
    {
        var parts = new List<string>();
        Add(counts.Created, "created", "+");
        Add(counts.Changed, "changed", "~");
        Add(counts.Deleted, "deleted", "−");
        return parts.Count == 0 ? "<span class=none>0</span>" : string.Join(' ', parts);

        void Add(int count, string kind, string sign)
        {
            if (count > 0)
            {
                parts.Add($"<span class={kind} title=\"{count} {kind}\">{sign}{count}<span class=hidden> {kind}</span></span>");
            }
        }
    }
}

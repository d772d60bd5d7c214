using Weir.Kubernetes;

namespace Weir.Fleet;

/// <summary>The applications of a page as a tree: cluster, application, object, difference.</summary>
internal sealed class HtmlApplications(FleetReport report, TextWriter output)
{
    /// <summary>Applications of a change with more objects than this are folded when the page opens.</summary>
    private const int OpenLimit = 50;

    /// <summary>Objects of a change with more than this are folded too.</summary>
    private const int OpenObjectLimit = 10;

    private readonly HtmlDifference _difference = new(output);
    private readonly ILookup<UnitId, Finding> _findings = report.Findings.ToLookup(static f => f.Unit);

    public void Write()
    {
        var units = report.Diff.Units;
        var count = units.Sum(static u => u.Objects.Count);
        output.Write("<section aria-labelledby=applications><h2 id=applications tabindex=-1>Applications</h2>\n");
        Controls();
        for (var i = 0; i < units.Count; i++)
        {
            if (i == 0 || units[i].Id.Cluster != units[i - 1].Id.Cluster)
            {
                var cluster = units[i].Id.Cluster;
                output.Write(i == 0 ? "" : "</details>");
                output.Write($"<details class=cluster open><summary><h3>{HtmlText.Escape(cluster)}</h3> <small>{HtmlText.Count(units.Count(u => u.Id.Cluster == cluster), "application")}</small></summary>\n");
            }

            Unit(units[i], i, count);
        }

        output.Write(units.Count == 0 ? "<p>No application differs.</p>" : "</details>");
        if (_difference.Cut > 0)
        {
            output.Write($"<p class=cut>The differences of {HtmlText.Count(_difference.Cut, "object")} did not find room on this page. <code>weir diff -o unified</code> shows everything.</p>");
        }

        output.Write("</section>\n");
    }

    private void Controls() => output.Write("""
        <form class=controls role=search>
        <label>Filter <input type=search id=filter placeholder="name, field or value" autocomplete=off spellcheck=false aria-describedby=keys aria-keyshortcuts="/"></label>
        <fieldset><legend class=hidden>Changes that are shown</legend>
        <label><input type=checkbox value=created checked> created</label>
        <label><input type=checkbox value=changed checked> changed</label>
        <label><input type=checkbox value=deleted checked> deleted</label>
        </fieldset>
        <button type=button id=expand>Expand all</button> <button type=button id=collapse>Collapse all</button>
        <output id=count aria-live=polite></output>
        <p id=keys class=keys>Keys: <kbd>/</kbd> filter, <kbd>Esc</kbd> clear it, <kbd>n</kbd> next object, <kbd>p</kbd> previous object, <kbd>Enter</kbd> open or close.</p>
        </form>

        """);

    private void Unit(UnitChange unit, int index, int count)
    {
        var findings = _findings[unit.Id].ToList();
        output.Write($"<details class=unit id=u{index}{(count <= OpenLimit || unit.IsUnknown ? " open" : "")}><summary><small>{HtmlText.Escape(unit.Id.Kind)}</small> {HtmlText.Escape($"{unit.Id.Namespace}/{unit.Id.Name}")} {Word(unit.Kind)} {HtmlReach.Cell(unit)}");
        if (unit.Chart is { } chart)
        {
            output.Write($" <span class=chart>chart {HtmlText.Escape(chart.Before)} → {HtmlText.Escape(chart.After)}</span>");
        }

        output.Write($"{Badge(findings)}</summary>\n");
        Error(unit.ErrorBefore, "It could not be rendered before the change:");
        Error(unit.ErrorAfter, "It cannot be rendered after the change:");
        if (unit.Values.Count > 0)
        {
            output.Write($"<details class=values><summary>{HtmlText.Count(unit.Values.Count, "changed value")}</summary>");
            _difference.Fields(unit.Values, withPlaces: true);
            output.Write("</details>\n");
        }

        if (unit.ChartContent is { } content)
        {
            Chart(content);
        }

        for (var i = 0; i < unit.Objects.Count; i++)
        {
            Object(unit.Objects[i], findings, count <= OpenObjectLimit);
        }

        output.Write("</details>\n");
    }

    private void Chart(ChartChange content)
    {
        var app = content.AppVersions is { } versions ? $", app {versions.Before} → {versions.After}" : "";
        output.Write($"<details class=values><summary>the chart: {HtmlText.Count(content.Defaults.Count, "default value")}, {HtmlText.Count(content.Files.Count, "file")}{HtmlText.Escape(app)}</summary>");
        if (content.Defaults.Count > 0)
        {
            _difference.Fields(content.Defaults);
        }

        output.Write("<ul>");
        foreach (var file in content.Files)
        {
            output.Write($"<li><code>{HtmlText.Escape(file)}</code>");
        }

        output.Write("</ul></details>\n");
    }

    private void Object(ObjectChange change, List<Finding> findings, bool isOpen)
    {
        var kind = change.Kind switch { ChangeKind.Created => "created", ChangeKind.Deleted => "deleted", _ => "changed" };
        output.Write($"<details class=object data-change={kind}{(isOpen ? " open" : "")}><summary>{Word(change.Kind)} <code>{HtmlText.Escape(change.Key.ToString())}</code>");
        if (change.OldName.Length > 0)
        {
            output.Write($" was <code>{HtmlText.Escape(change.OldName)}</code>");
        }

        output.Write($"{Badge(findings.Where(f => f.Object == (ObjectKey?)change.Key))}</summary>");
        _difference.Object(change);
        output.Write("</details>\n");
    }

    private void Error(string? error, string title)
    {
        if (error is not null)
        {
            output.Write($"<div class=failure><p>{title}</p><pre tabindex=0>{HtmlText.Escape(error)}</pre></div>\n");
        }
    }

    private static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.Created => "<span class=created>created</span>",
        ChangeKind.Deleted => "<span class=deleted>deleted</span>",
        ChangeKind.Renamed => "<span class=changed>renamed</span>",
        _ => "<span class=changed>changed</span>",
    };

    private static string Badge(IEnumerable<Finding> findings)
    {
        var all = findings.ToList();
        return all.Count == 0
            ? ""
            : $" <span class={ReportText.Name(all.Max(static f => f.Severity))} title=\"{HtmlText.Escape(string.Join("\n", all.Select(static f => f.Message)))}\">{HtmlText.Count(all.Count, "finding")}</span>";
    }
}

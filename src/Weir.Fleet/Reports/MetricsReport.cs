using System.Globalization;
using System.Text;

namespace Weir.Fleet;

/// <summary>The counts as OpenMetrics text, which GitLab compares between branches in a merge request.</summary>
public static class MetricsReport
{
    public static string Write(FleetReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (created, changed, deleted) = report.Objects;
        var text = new StringBuilder();
        Add("weir_clusters", "clusters that differ", [("", report.Clusters.Count)]);
        Add("weir_applications", "applications that differ", [("", report.Diff.Units.Count)]);
        Add("weir_applications_broken", "applications that cannot be rendered", [("", report.Diff.Units.Count(static u => u.ErrorAfter is not null))]);
        Add("weir_objects", "objects that differ", [("{change=\"created\"}", created), ("{change=\"changed\"}", changed), ("{change=\"deleted\"}", deleted)]);
        Add("weir_findings", "findings", Enum.GetValues<FindingSeverity>().Select(s => ($"{{severity=\"{ReportText.Name(s)}\"}}", report.Findings.Count(f => f.Severity == s))));
        return text.Append("# EOF\n").ToString();

        void Add(string name, string help, IEnumerable<(string Labels, int Value)> samples)
        {
            text.Append($"# TYPE {name} gauge\n# HELP {name} {help}\n");
            foreach (var (labels, value) in samples)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");
            }
        }
    }
}

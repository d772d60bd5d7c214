namespace Weir.Fleet;

/// <summary>A diff with its findings: what reports are written from.</summary>
/// <param name="Diff">The change.</param>
/// <param name="Findings">Its dangers, worst first.</param>
public sealed record FleetReport(FleetDiff Diff, IReadOnlyList<Finding> Findings)
{
    /// <summary>The fleet's root below the root of its repository; empty when it is the same.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The objects that come, change (renamed ones among them) and go.</summary>
    public (int Created, int Changed, int Deleted) Objects => Count(Diff.Units);

    /// <summary>The clusters with a unit that differs.</summary>
    public IReadOnlyList<string> Clusters => [.. Diff.Units.Select(static u => u.Id.Cluster).Distinct()];

    /// <summary>How far the change reaches, in one sentence.</summary>
    public string Reach
    {
        get
        {
            if (Diff.Units.Count == 0)
            {
                return $"No change in {Count(Diff.AllUnits, "application")} of {Count(Diff.AllClusters, "cluster")}.";
            }

            var (created, changed, deleted) = Objects;
            return $"{Diff.Units.Count} of {Count(Diff.AllUnits, "application")} in {Clusters.Count} of {Count(Diff.AllClusters, "cluster")}: "
                + $"{created} created, {changed} changed, {deleted} deleted objects.";
        }
    }

    /// <summary>What it amounts to.</summary>
    /// <param name="failsOn">The severity from which a finding is a failure; <see langword="null"/> for none.</param>
    public ReportVerdict Verdict(FindingSeverity? failsOn) =>
        Diff.HasErrors ? ReportVerdict.Broken
        : failsOn is { } severity && Findings.Any(f => f.Severity >= severity) ? ReportVerdict.Findings
        : Diff.HasChanges ? ReportVerdict.Changed : ReportVerdict.Unchanged;

    /// <summary>The file of a finding below the root of the repository, as forges want it; the directory of its cluster when no file is known.</summary>
    internal string PathOf(Finding finding)
    {
        var path = finding.Span.File is { Length: > 0 } file ? file : $"clusters/{finding.Unit.Cluster}";
        return Folder.Length == 0 ? path : $"{Folder}/{path}";
    }

    /// <summary>The objects of some units that come, change (renamed ones among them) and go.</summary>
    internal static (int Created, int Changed, int Deleted) Count(IEnumerable<UnitChange> units)
    {
        var (created, changed, deleted) = (0, 0, 0);
        foreach (var change in units.SelectMany(static u => u.Objects))
        {
            switch (change.Kind)
            {
                case ChangeKind.Created:
                    created++;
                    break;
                case ChangeKind.Deleted:
                    deleted++;
                    break;
                default:
                    changed++;
                    break;
            }
        }

        return (created, changed, deleted);
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}

using Weir.Helm;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Finds dangers in a change. An object or unit with the annotation <c>weir.dev/waive</c> and the names of rules, separated by
/// commas, is spared from them.
/// </summary>
public static class FindingRules
{
    private const string Waiver = "weir.dev/waive";

    /// <summary>All findings, worst first, then by place.</summary>
    /// <param name="diff">The change.</param>
    /// <param name="before">The clusters before.</param>
    /// <param name="after">The clusters after.</param>
    /// <param name="kubernetesVersion">The version of the clusters, such as <c>v1.36.0</c>; the version that Weir knows when <see langword="null"/>.</param>
    public static IReadOnlyList<Finding> Run(
        FleetDiff diff, IReadOnlyList<BuiltCluster> before, IReadOnlyList<BuiltCluster> after, KubeVersion? kubernetesVersion = null)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.SelectMany(static c => c.Units).ToDictionary(static u => u.Id);
        var current = after.SelectMany(static c => c.Units).ToDictionary(static u => u.Id);
        var findings = new List<Finding>();
        var minor = int.TryParse((kubernetesVersion ?? Capabilities.Default.KubeVersion).Minor, out var parsed) ? parsed : int.MaxValue;
        var rules = after.ToDictionary(static c => c.Name, c => new ApplyRules(
            new ObjectSchemas(before.FirstOrDefault(b => b.Name == c.Name) ?? new BuiltCluster(c.Name, [])), new ObjectSchemas(c), minor));
        foreach (var unit in diff.Units)
        {
            var (left, right) = (old.GetValueOrDefault(unit.Id), current.GetValueOrDefault(unit.Id));
            var found = UnitRules.Find(unit, left, right, id => current.GetValueOrDefault(id))
                .Concat(unit.Objects.SelectMany(o => ObjectRules.Find(unit.Id, o)))
                .Concat(right is null ? [] : rules[unit.Id.Cluster].Find(unit, left, right));
            findings.AddRange(found.Where(f =>
            {
                var change = f.Object is { } key ? unit.Objects.FirstOrDefault(o => o.Key == key) : null;
                return !IsWaived(f, right?.Definition ?? left?.Definition, change?.After, change?.Before);
            }));
        }

        findings.AddRange(OfClusters(before, after, old, current));
        findings.Sort(static (a, b) =>
            a.Severity != b.Severity ? b.Severity.CompareTo(a.Severity)
            : a.Unit != b.Unit ? a.Unit.CompareTo(b.Unit)
            : string.CompareOrdinal(a.Rule + a.Message, b.Rule + b.Message));
        return findings;
    }

    private static IEnumerable<Finding> OfClusters(
        IReadOnlyList<BuiltCluster> before, IReadOnlyList<BuiltCluster> after, Dictionary<UnitId, BuiltUnit> old, Dictionary<UnitId, BuiltUnit> current)
    {
        // Objects that are missing because their unit does not render any more are not told one by one.
        var broken = current.Values.Where(u => u.Error is not null && old.GetValueOrDefault(u.Id)?.Error is null).Select(static u => u.Id.Cluster).ToHashSet();
        var found = after.SelectMany(ClusterRules.Find)
            .Where(f => f.Object is null || f.Rule != ReferenceRules.Rule || !broken.Contains(f.Unit.Cluster)).ToList();
        if (found.Count == 0)
        {
            return found;
        }

        // What was so before is no news of this change.
        var known = before.SelectMany(ClusterRules.Find).Select(static f => (f.Rule, f.Unit, f.Object, f.Message)).ToHashSet();
        return found.Where(f =>
        {
            var unit = current.GetValueOrDefault(f.Unit);
            return !known.Contains((f.Rule, f.Unit, f.Object, f.Message))
                && !IsWaived(f, unit?.Definition, f.Object is { } key ? unit?.Objects.FirstOrDefault(o => o.Key() == key) : null);
        });
    }

    /// <summary>True when one of the values that a finding is about names its rule.</summary>
    private static bool IsWaived(Finding finding, params ReadOnlySpan<MapValue?> places)
    {
        foreach (var place in places)
        {
            if (Names(place).Contains(finding.Rule))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Names(MapValue? value) =>
        value?.Annotation(Waiver)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

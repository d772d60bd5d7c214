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
    public static IReadOnlyList<Finding> Run(FleetDiff diff, IReadOnlyList<BuiltCluster> before, IReadOnlyList<BuiltCluster> after)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.SelectMany(static c => c.Units).ToDictionary(static u => u.Id);
        var current = after.SelectMany(static c => c.Units).ToDictionary(static u => u.Id);
        var findings = new List<Finding>();
        foreach (var unit in diff.Units)
        {
            var (left, right) = (old.GetValueOrDefault(unit.Id), current.GetValueOrDefault(unit.Id));
            var found = UnitRules.Find(unit, left, right).Concat(unit.Objects.SelectMany(o => ObjectRules.Find(unit.Id, o)));
            findings.AddRange(found.Where(f => !IsWaived(f, right?.Definition ?? left?.Definition, unit)));
        }

        // What was so before is no news of this change.
        var known = before.SelectMany(ClusterRules.Find).Select(static f => (f.Rule, f.Unit, f.Object, f.Message)).ToHashSet();
        findings.AddRange(after.SelectMany(ClusterRules.Find).Where(f => !known.Contains((f.Rule, f.Unit, f.Object, f.Message))));
        findings.Sort(static (a, b) =>
            a.Severity != b.Severity ? b.Severity.CompareTo(a.Severity)
            : a.Unit != b.Unit ? a.Unit.CompareTo(b.Unit)
            : string.CompareOrdinal(a.Rule + a.Message, b.Rule + b.Message));
        return findings;
    }

    private static bool IsWaived(Finding finding, MapValue? definition, UnitChange unit)
    {
        var change = finding.Object is { } key ? unit.Objects.FirstOrDefault(o => o.Key == key) : null;
        return Names(definition).Contains(finding.Rule) || Names(change?.After).Contains(finding.Rule) || Names(change?.Before).Contains(finding.Rule);
    }

    private static string[] Names(MapValue? value) =>
        value?.Annotation(Waiver)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

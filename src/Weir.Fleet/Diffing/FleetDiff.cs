using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>What a change does to every Kustomization and HelmRelease of every cluster.</summary>
public sealed record FleetDiff
{
    /// <summary>The names of both sides.</summary>
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>The units that differ or cannot be rendered, ordered by cluster, kind, namespace and name.</summary>
    public IReadOnlyList<UnitChange> Units { get; init; } = [];

    /// <summary>How many units there are on either side.</summary>
    public int AllUnits { get; init; }

    /// <summary>How many clusters there are on either side.</summary>
    public int AllClusters { get; init; }

    /// <summary>Images that containers use on one side only, with the number of objects that use them.</summary>
    public IReadOnlyList<ImageChange> Images { get; init; } = [];

    /// <summary>True when any object differs.</summary>
    public bool HasChanges => Units.Any(static u => u.Objects.Count > 0 || u.Kind != ChangeKind.Changed);

    /// <summary>True when a unit of the new side cannot be rendered.</summary>
    public bool HasErrors => Units.Any(static u => u.ErrorAfter is not null);

    /// <summary>Compares two builds.</summary>
    /// <param name="from">The name of the side before.</param>
    /// <param name="before">Its clusters.</param>
    /// <param name="to">The name of the side after.</param>
    /// <param name="after">Its clusters.</param>
    /// <param name="options">What is left out of the comparison.</param>
    public static FleetDiff Compare(
        string from, IReadOnlyList<BuiltCluster> before, string to, IReadOnlyList<BuiltCluster> after, DiffOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var old = Index(before);
        var current = Index(after);
        var ids = old.Keys.Union(current.Keys).Order().ToList();
        var units = new List<UnitChange>();
        var images = new ImageCount();
        foreach (var id in ids)
        {
            var (left, right) = (old.GetValueOrDefault(id), current.GetValueOrDefault(id));
            if (IsSameRendering(left, right))
            {
                continue;
            }

            var secrets = new SecretTexts([.. left?.Secrets ?? [], .. right?.Secrets ?? []]);
            if (Compare(id, left, right, options, secrets) is { } change)
            {
                units.Add(change);
                images.Add(id, left, right, secrets);
            }
        }

        return new()
        {
            From = from,
            To = to,
            Units = units,
            AllUnits = ids.Count,
            AllClusters = ids.Select(static i => i.Cluster).Distinct().Count(),
            Images = images.Changes(),
        };
    }

    private static Dictionary<UnitId, BuiltUnit> Index(IReadOnlyList<BuiltCluster> clusters)
    {
        var units = new Dictionary<UnitId, BuiltUnit>();
        foreach (var unit in clusters.SelectMany(static c => c.Units))
        {
            units[unit.Id] = unit;
        }

        return units;
    }

    // The same rendering serves both sides when nothing that it was made from differs.
    private static bool IsSameRendering(BuiltUnit? before, BuiltUnit? after) =>
        before is not null && after is not null && ReferenceEquals(before.Objects, after.Objects) && before.Error is null && after.Error is null;

    private static UnitChange? Compare(UnitId id, BuiltUnit? before, BuiltUnit? after, DiffOptions options, SecretTexts secrets)
    {
        var change = new UnitChange
        {
            Id = id,
            Kind = before is null ? ChangeKind.Created : after is null ? ChangeKind.Deleted : ChangeKind.Changed,
            ErrorBefore = before?.Error,
            ErrorAfter = after?.Error,
            Chart = before is not null && after is not null && before.Chart.Length > 0 && after.Chart.Length > 0 && before.Chart != after.Chart
                ? (before.Chart, after.Chart)
                : null,
            ChartContent = before?.ChartContent is { } oldChart && after?.ChartContent is { } newChart ? ChartChange.Of(oldChart, newChart) : null,
        };
        if (change.IsUnknown)
        {
            return before?.Error == after?.Error ? null : change;
        }

        change = change with
        {
            Objects = ObjectComparison.Compare(before?.Objects ?? [], after?.Objects ?? [], options, secrets),
            Values = before?.Values is { } old && after?.Values is { } current
                ? ValueComparison.Compare(secrets.Hide(old), secrets.Hide(current))
                : [],
        };
        return change.Objects.Count > 0 || change.Kind != ChangeKind.Changed ? change : null;
    }
}

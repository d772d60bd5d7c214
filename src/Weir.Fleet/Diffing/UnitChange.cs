namespace Weir.Fleet;

/// <summary>What a change does to one Kustomization or HelmRelease of one cluster.</summary>
public sealed record UnitChange
{
    public required UnitId Id { get; init; }

    public required ChangeKind Kind { get; init; }

    /// <summary>The objects that differ, in the order of their keys.</summary>
    public IReadOnlyList<ObjectChange> Objects { get; init; } = [];

    /// <summary>The values of a release that differ.</summary>
    public IReadOnlyList<FieldChange> Values { get; init; } = [];

    /// <summary>The charts before and after, as <c>name-version</c>, when they differ; else <see langword="null"/>.</summary>
    public (string Before, string After)? Chart { get; init; }

    /// <summary>What is different in the chart itself; <see langword="null"/> when nothing is, or there is none on one side.</summary>
    public ChartChange? ChartContent { get; init; }

    /// <summary>Why the side before cannot be rendered, or <see langword="null"/>.</summary>
    public string? ErrorBefore { get; init; }

    /// <summary>Why the side after cannot be rendered, or <see langword="null"/>.</summary>
    public string? ErrorAfter { get; init; }

    /// <summary>True when nothing can be said of objects because a side does not render.</summary>
    public bool IsUnknown => ErrorBefore is not null || ErrorAfter is not null;
}

using Weir.Values;

namespace Weir.Helm;

/// <summary>One entry of <c>dependencies</c> in <c>Chart.yaml</c> or <c>requirements.yaml</c>. Absent texts are empty.</summary>
public sealed record ChartDependency
{
    public string Name { get; init; } = "";

    /// <summary>A version or a range of versions.</summary>
    public string Version { get; init; } = "";

    public string Repository { get; init; } = "";

    /// <summary>Paths of values, separated by commas; the first that is a boolean says whether the chart is used.</summary>
    public string Condition { get; init; } = "";

    public IReadOnlyList<string>? Tags { get; init; }

    public bool Enabled { get; init; }

    /// <summary>Names below <c>exports</c> or pairs of <c>child</c> and <c>parent</c>; <see langword="null"/> when absent.</summary>
    public IReadOnlyList<Value>? ImportValues { get; init; }

    /// <summary>The name under which the chart is used instead of its own; empty when it keeps that.</summary>
    public string Alias { get; init; } = "";
}

namespace Weir.Helm;

/// <summary>How large a chart may be. The defaults are Helm's.</summary>
public sealed record ChartLimits
{
    public static ChartLimits Default { get; } = new();

    /// <summary>Most bytes of all files together, unpacked.</summary>
    public long MaxChartBytes { get; init; } = 100L * 1024 * 1024;

    /// <summary>Most bytes of one file.</summary>
    public long MaxFileBytes { get; init; } = 5L * 1024 * 1024;

    /// <summary>Most files of a chart with its subcharts.</summary>
    public int MaxFiles { get; init; } = 100_000;

    /// <summary>Deepest nesting of charts in <c>charts/</c>.</summary>
    public int MaxDepth { get; init; } = 64;
}

using Weir.Helm;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Copies of a chart with something changed; what is <see langword="null"/> stays.</summary>
public static class ChartCopy
{
    public static Chart Of(
        Chart chart,
        ChartMetadata? metadata = null,
        IReadOnlyList<ChartFile>? raw = null,
        MapValue? values = null,
        IReadOnlyList<Chart>? dependencies = null)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return new()
        {
            Metadata = metadata ?? chart.Metadata,
            Templates = chart.Templates,
            Files = chart.Files,
            Raw = raw ?? chart.Raw,
            Values = values ?? chart.Values,
            Schema = chart.Schema,
            Lock = chart.Lock,
            Dependencies = dependencies ?? chart.Dependencies,
        };
    }
}

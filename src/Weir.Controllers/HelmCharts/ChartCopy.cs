using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Copies of a chart with something changed.</summary>
internal static class ChartCopy
{
    public static Chart Of(
        Chart chart,
        ChartMetadata? metadata = null,
        IReadOnlyList<ChartFile>? raw = null,
        MapValue? values = null,
        IReadOnlyList<Chart>? dependencies = null) => new()
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

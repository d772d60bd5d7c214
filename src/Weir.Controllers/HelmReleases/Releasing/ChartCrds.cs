using Weir.Helm;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The files in <c>crds/</c> of a chart and its subcharts.</summary>
internal static class ChartCrds
{
    public static IEnumerable<RenderedCrd> Of(Chart chart) => Of(chart, chart.Name);

    private static IEnumerable<RenderedCrd> Of(Chart chart, string path)
    {
        foreach (var file in chart.Files)
        {
            if (file.Name.StartsWith("crds/", StringComparison.Ordinal)
                && (file.Name.EndsWith(".yaml", StringComparison.Ordinal) || file.Name.EndsWith(".yml", StringComparison.Ordinal) || file.Name.EndsWith(".json", StringComparison.Ordinal)))
            {
                yield return new($"{path}/{file.Name}", GoString.FromBytes(file.Data.Span));
            }
        }

        foreach (var dependency in chart.Dependencies)
        {
            foreach (var crd in Of(dependency, $"{path}/charts/{dependency.Name}"))
            {
                yield return crd;
            }
        }
    }
}

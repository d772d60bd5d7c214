namespace Weir.Kustomize;

/// <summary>Renders the charts of <c>helmCharts</c>: what kustomize runs the <c>helm</c> program for.</summary>
public interface IHelmChartRenderer
{
    /// <summary>The text that <c>helm template</c> would print.</summary>
    HelmChartManifest Render(HelmChartRequest request);

    /// <summary>The chart's own <c>values.yaml</c>, or <see langword="null"/> with an error when there is no such chart.</summary>
    HelmChartManifest DefaultValues(HelmChartRequest request);
}

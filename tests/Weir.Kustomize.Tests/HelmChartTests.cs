using Weir.Values;

namespace Weir.Kustomize.Tests;

public sealed class HelmChartTests
{
    private const string Charts = "namespace: prod\nhelmCharts:\n- name: app\n  releaseName: r\n  valuesInline: {b: 2}\n  additionalValuesFiles: [more.yaml]\n";

    [Fact]
    public void Are_refused_without_a_renderer()
    {
        var result = Builds.Run("k", ("k/kustomization.yaml", Charts), ("k/more.yaml", "c: 3"));
        Assert.Equal("must specify --enable-helm", result.Error);
    }

    [Fact]
    public void Get_the_merged_values_and_the_namespace()
    {
        var renderer = new RecordingRenderer();
        var result = Builds.Run(new KustomizeOptions { Helm = renderer }, "k", ("k/kustomization.yaml", Charts), ("k/more.yaml", "c: 3"));
        Assert.Equal("from-chart", result.Single().At("metadata", "name")?.ToString());
        var request = renderer.Request!;
        Assert.Equal(("app", "r", "prod", "k/charts"), (request.Name, request.ReleaseName, request.Namespace, request.ChartHome));
        Assert.Equal(["map[a:1 b:2]", "map[c:3]"], request.Values.Select(v => v.ToString()));
    }

    [Fact]
    public void Keep_the_namespace_that_they_were_rendered_with()
    {
        var result = Builds.Run(new KustomizeOptions { Helm = new RecordingRenderer() }, "k", ("k/kustomization.yaml", Charts), ("k/more.yaml", ""));
        Assert.Null(result.Single().At("metadata", "namespace"));
    }

    private sealed class RecordingRenderer : IHelmChartRenderer
    {
        public HelmChartRequest? Request { get; private set; }

        public HelmChartManifest Render(HelmChartRequest request)
        {
            Request = request;
            return new HelmChartManifest("---\n# Source: app\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: from-chart}\n", null);
        }

        public HelmChartManifest DefaultValues(HelmChartRequest request) => new("a: 1\nb: 1\n", null);
    }
}

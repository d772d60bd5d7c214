using Weir.Cli.Charts;
using Weir.Helm;
using Weir.Kustomize;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Kustomizing;

/// <summary>
/// Renders the charts of <c>helmCharts</c> with Weir's own Helm. A chart lies beside the kustomization, or comes from its
/// repository and is kept in the cache of charts.
/// </summary>
internal sealed class KustomizationCharts(bool allowsRemote) : IHelmChartRenderer
{
    private readonly Dictionary<(string Repository, string Name, string Version, bool Devel), (Chart? Chart, string? Error)> _pulled = [];

    public HelmChartManifest Render(HelmChartRequest request)
    {
        var (chart, error) = Load(request);
        if (chart is null)
        {
            return new HelmChartManifest(null, error);
        }

        var values = new MapValue();
        foreach (var layer in request.Values)
        {
            // helm reads a file that kustomize writes, and takes every number in it for a float.
            var read = ValuesReader.Read(YamlWriter.Write(layer), request.Name, long.MaxValue);
            if (!read.TryGet(out var parsed))
            {
                return new HelmChartManifest(null, read.Diagnostics.First(d => d.Severity == Severity.Error).Message);
            }

            values = ValuesMerge.Merge(values, parsed);
        }

        var capabilities = Capabilities.Default;
        if (request.KubeVersion.Length > 0)
        {
            var (version, badVersion) = KubeVersion.Parse(request.KubeVersion);
            if (version is null)
            {
                return new HelmChartManifest(null, $"invalid kube version '{request.KubeVersion}': {badVersion}");
            }

            capabilities = capabilities with { KubeVersion = version };
        }

        capabilities = capabilities with { ApiVersions = [.. capabilities.ApiVersions, .. request.ApiVersions] };
        var (name, badName) = NameOf(request);
        if (badName is not null)
        {
            return new HelmChartManifest(null, badName);
        }

        var release = new ReleaseOptions
        {
            Name = name,
            Namespace = request.Namespace.Length > 0 ? request.Namespace : "default",
        };
        var rendering = HelmRenderer.Render(chart, release, values, capabilities, new RenderOptions { IncludeCrds = request.IncludeCrds, OnlyTexts = true });
        return rendering.Succeeded
            ? new HelmChartManifest(TemplateText.Print(rendering, !request.SkipHooks, !request.SkipTests), null)
            : new HelmChartManifest(null, rendering.Error);
    }

    public HelmChartManifest DefaultValues(HelmChartRequest request)
    {
        var file = $"{request.ChartHome}/{request.Name}/values.yaml";
        if (request.Tree.TryRead(file) is { } content)
        {
            return new HelmChartManifest(GoString.FromBytes(content.Span), null);
        }

        var (chart, error) = Load(request);
        return chart is null
            ? new HelmChartManifest(null, error)
            : new HelmChartManifest(chart.Raw.FirstOrDefault(static f => f.Name == "values.yaml")?.Text ?? "", null);
    }

    private static (string Name, string? Error) NameOf(HelmChartRequest request)
    {
        if (request.NameTemplate.Length == 0)
        {
            return (request.ReleaseName.Length > 0 ? request.ReleaseName : "release-name", null);
        }

        return request.ReleaseName.Length > 0
            ? ("", "cannot set --name-template and also specify a name")
            : NameTemplate.Render(request.NameTemplate, seed: null, DateTimeOffset.Now);
    }

    private (Chart? Chart, string? Error) Load(HelmChartRequest request)
    {
        var folder = $"{request.ChartHome}/{request.Name}";
        if (!request.Tree.DirectoryExists(folder))
        {
            return request.Repository.Length == 0 ? (null, $"no repo specified for pull, no chart found at '/{folder}'") : Pull(request, folder);
        }

        var loaded = ChartLoader.LoadDirectory(request.Tree, folder, request.Name);
        return loaded.TryGet(out var chart)
            ? (chart, null)
            : (null, loaded.Diagnostics.First(d => d.Severity == Severity.Error).Message);
    }

    private (Chart? Chart, string? Error) Pull(HelmChartRequest request, string folder)
    {
        if (!allowsRemote)
        {
            return (null, $"no chart found at '/{folder}', and {request.Repository} is not asked in this build");
        }

        var key = (request.Repository, request.Name, request.Version, request.Devel);
        if (!_pulled.TryGetValue(key, out var known))
        {
            var isRegistry = request.Repository.StartsWith("oci://", StringComparison.Ordinal);
            var loaded = ChartFetcher.Load(
                isRegistry ? $"{request.Repository.TrimEnd('/')}/{request.Name}" : request.Name,
                new ChartSourceOptions { Repository = isRegistry ? "" : request.Repository, Version = request.Version, Development = request.Devel });
            known = loaded.TryGet(out var chart)
                ? (chart, null)
                : (null, $"unable to pull chart {request.Name}: {loaded.Diagnostics.First(static d => d.Severity == Severity.Error).Message}");
            _pulled[key] = known;
        }

        return known;
    }
}

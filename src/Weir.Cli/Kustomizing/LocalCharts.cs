using Weir.Helm;
using Weir.Kustomize;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Kustomizing;

/// <summary>Renders the charts of <c>helmCharts</c> that lie beside a kustomization, with Weir's own Helm.</summary>
internal sealed class LocalCharts : IHelmChartRenderer
{
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
        var release = new ReleaseOptions
        {
            Name = request.ReleaseName.Length > 0 ? request.ReleaseName : "release-name",
            Namespace = request.Namespace.Length > 0 ? request.Namespace : "default",
        };
        var rendering = HelmRenderer.Render(chart, release, values, capabilities, new RenderOptions { IncludeCrds = request.IncludeCrds });
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

        var (_, error) = Load(request);
        return error is null ? new HelmChartManifest("", null) : new HelmChartManifest(null, error);
    }

    private static (Chart? Chart, string? Error) Load(HelmChartRequest request)
    {
        var folder = $"{request.ChartHome}/{request.Name}";
        if (!request.Tree.DirectoryExists(folder))
        {
            return (null, request.Repository.Length == 0
                ? $"no repo specified for pull, no chart found at '/{folder}'"
                : $"no chart found at '/{folder}', and pulling from {request.Repository} is not supported here: run 'helm pull --untar' into that folder first");
        }

        var loaded = ChartLoader.LoadDirectory(request.Tree, folder, request.Name);
        return loaded.TryGet(out var chart)
            ? (chart, null)
            : (null, loaded.Diagnostics.First(d => d.Severity == Severity.Error).Message);
    }
}

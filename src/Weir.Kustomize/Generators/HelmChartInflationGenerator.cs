using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Merging;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Renders a Helm chart into resources.</summary>
internal sealed class HelmChartInflationGenerator(MapValue config, PluginInput input) : Generator
{
    private static readonly GoStruct Config = KustomizationTypes.HelmChart.Extend(
        "HelmChartInflationGeneratorPlugin", ("chartHome", GoType.String), ("configHome", GoType.String));

    public override string Kind => "HelmChartInflationGenerator";

    public static HelmChartInflationGenerator Configure(MapValue config, PluginInput input)
    {
        if (input.Context.Options.Helm is null)
        {
            throw Failure("must specify --enable-helm", config.Span);
        }

        var decoded = PluginInput.Decode(config, Config);
        if (decoded.Text("name").Length == 0)
        {
            throw Failure("chart name cannot be empty", config.Span);
        }

        foreach (var file in decoded.Strings("additionalValuesFiles"))
        {
            try
            {
                input.Loader.Load(file);
            }
            catch (BuildFailure failure)
            {
                throw failure.Wrap("could not load additionalValuesFile").At(config.Span);
            }
        }

        return decoded.Text("valuesMerge") is "" or "merge" or "override" or "replace"
            ? new HelmChartInflationGenerator(decoded, input) { Span = config.Span }
            : throw Failure("valuesMerge must be one of [merge override replace]", config.Span);
    }

    public override IReadOnlyList<Resource> Generate()
    {
        var helm = input.Context.Options.Helm!;
        var request = Request();
        request = request with { Values = [BaseValues(helm, request), .. config.Strings("additionalValuesFiles").Select(ReadValues)] };
        var rendered = helm.Render(request);
        if (rendered.Manifest is null)
        {
            throw Failure(rendered.Error ?? $"cannot render the chart {request.Name}", Span);
        }

        var resources = input.Reader.Read(rendered.Manifest, request.Name);
        foreach (var resource in resources)
        {
            resource.IsHelmGenerated = true;
        }

        return resources;
    }

    private HelmChartRequest Request()
    {
        var options = input.Context.Options;
        var home = config.Text("chartHome") is { Length: > 0 } given ? given : "charts";
        var directory = FilePath.Combine(input.Loader.Root, home) ?? home;
        if (config.Text("version").Length > 0 && config.Text("repo").Length > 0)
        {
            directory = $"{directory}/{config.Text("name")}-{config.Text("version")}";
        }

        return new HelmChartRequest
        {
            Name = config.Text("name"),
            Version = config.Text("version"),
            Repository = config.Text("repo"),
            ReleaseName = config.Text("releaseName"),
            NameTemplate = config.Text("nameTemplate"),
            Namespace = config.Text("namespace"),
            Tree = input.Loader.Tree,
            ChartHome = directory,
            Values = [],
            IncludeCrds = config.Flag("includeCRDs"),
            SkipHooks = config.Flag("skipHooks"),
            SkipTests = config.Flag("skipTests"),
            Devel = config.Flag("devel"),
            ApiVersions = options.HelmApiVersions.Count > 0 ? options.HelmApiVersions : config.Strings("apiVersions"),
            KubeVersion = options.HelmKubeVersion.Length > 0 ? options.HelmKubeVersion : config.Text("kubeVersion"),
        };
    }

    /// <summary>The values file, or the chart's own values, with those written inline over, under or instead of it.</summary>
    private MapValue BaseValues(IHelmChartRenderer helm, HelmChartRequest request)
    {
        var inline = config.GetMap("valuesInline");
        if (inline is { Count: > 0 } && config.Text("valuesMerge") == "replace")
        {
            return inline;
        }

        var values = config.Text("valuesFile") is { Length: > 0 } file ? ReadValues(file) : DefaultValues(helm, request);
        if (inline is null or { Count: 0 })
        {
            return values;
        }

        var merge = new StrategicMerge(input.Context.Schema, prepends: false);
        var merged = config.Text("valuesMerge") == "merge"
            ? merge.Merge(inline.DeepClone(), values)
            : merge.Merge(values, inline.DeepClone());
        NodeSettling.Settle(merged ?? new MapValue());
        return merged as MapValue ?? [];
    }

    private MapValue DefaultValues(IHelmChartRenderer helm, HelmChartRequest request)
    {
        var answer = helm.DefaultValues(request);
        return answer.Manifest is null
            ? throw Failure(answer.Error ?? $"no chart {request.Name}", Span)
            : ParseValues(answer.Manifest, $"{request.Name}/values.yaml");
    }

    private MapValue ReadValues(string file) => ParseValues(input.Loader.LoadText(file), input.Loader.Display(file));

    private static MapValue ParseValues(string text, string file)
    {
        var documents = NodeReader.ReadStream(text, file);
        return documents.Count > 0 && documents[0] is MapValue map ? map : [];
    }

    private static BuildFailure Failure(string message, SourceSpan span) => new(message, span) { Code = "kustomize-helm" };
}

using Weir.Kustomize.Generators;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;

namespace Weir.Kustomize.Plugins;

/// <summary>
/// Makes transformers and generators of the objects that <c>generators</c>, <c>transformers</c> and <c>validators</c>
/// hold. Only kustomize's own are known; programs and containers are refused by name.
/// </summary>
internal static class PluginLoader
{
    public static Generator LoadGenerator(Resource resource, PluginInput input)
    {
        var made = Load(resource, input);
        return made as Generator
            ?? throw new BuildFailure($"plugin {resource.OriginalId} not a generator", PlaceOf(resource))
            {
                Code = "kustomize-plugin",
            };
    }

    public static Transformer LoadTransformer(Resource resource, PluginInput input)
    {
        var made = Load(resource, input);
        return made as Transformer
            ?? throw new BuildFailure($"plugin {resource.OriginalId} not a transformer", PlaceOf(resource)) { Code = "kustomize-plugin" };
    }

    private static object Load(Resource resource, PluginInput input)
    {
        if (resource.Gvk.Group.Length > 0 || resource.Gvk.Version != "builtin")
        {
            throw Refuse(resource);
        }

        var config = Config(resource);
        try
        {
            return Configure(resource, config, input);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"plugin {resource.OriginalId} fails configuration").At(PlaceOf(resource));
        }
    }

    private static MapValue Config(Resource resource)
    {
        var settled = (MapValue)NodeSettling.ToPlainCopy(resource.Object);
        if (!resource.Place.IsKnown)
        {
            return settled;
        }

        var placed = new MapValue(settled.Count) { Span = resource.Place };
        foreach (var (key, value) in settled)
        {
            placed[key] = value;
        }

        return placed;
    }

    private static object Configure(Resource resource, MapValue config, PluginInput input) => resource.Kind switch
    {
        "AnnotationsTransformer" => AnnotationsTransformer.Configure(config, input),
        "ConfigMapGenerator" => ConfigMapGenerator.Configure(config, input),
        "HashTransformer" => HashTransformer.Configure(config, input),
        "HelmChartInflationGenerator" => HelmChartInflationGenerator.Configure(config, input),
        "IAMPolicyGenerator" => IamPolicyGenerator.Configure(config, input),
        "ImageTagTransformer" => ImageTagTransformer.Configure(config, input),
        "LabelTransformer" => LabelTransformer.Configure(config, input),
        "NamespaceTransformer" => NamespaceTransformer.Configure(config, input),
        "PatchJson6902Transformer" => PatchJson6902Transformer.Configure(config, input),
        "PatchStrategicMergeTransformer" => PatchStrategicMergeTransformer.Configure(config, input),
        "PatchTransformer" => PatchTransformer.Configure(config, input),
        "PrefixSuffixTransformer" => PrefixSuffixTransformer.Configure(config, input),
        "PrefixTransformer" => PrefixTransformer.Configure(config, input),
        "ReplacementTransformer" => ReplacementTransformer.Configure(config, input),
        "ReplicaCountTransformer" => ReplicaCountTransformer.Configure(config, input),
        "SecretGenerator" => SecretGenerator.Configure(config, input),
        "SuffixTransformer" => SuffixTransformer.Configure(config, input),
        "ValueAddTransformer" => ValueAddTransformer.Configure(config, input),
        _ => throw new BuildFailure($"unable to load builtin {resource.Gvk.ToIdText()}", PlaceOf(resource)) { Code = "kustomize-plugin" },
    };

    private static SourceSpan PlaceOf(Resource resource) => resource.Place.IsKnown ? resource.Place : resource.Object.Span;

    private static BuildFailure Refuse(Resource resource)
    {
        var annotation = resource.Annotation("config.kubernetes.io/function") ?? resource.Annotation("config.k8s.io/function") ?? "";
        var what = annotation.Contains("exec:", StringComparison.Ordinal) ? "an exec function"
            : annotation.Contains("container:", StringComparison.Ordinal) ? "a container function"
            : "a program or Go plugin";
        return new BuildFailure(
            $"external plugins disabled; unable to load external plugin '{resource.OriginalId.Gvk.Kind}'",
            PlaceOf(resource),
            $"{resource.Gvk.ApiVersion} {resource.Kind} '{resource.Name}' is {what}, which Weir does not run; only kustomize's own plugins (apiVersion: builtin) are supported")
        {
            Code = "kustomize-external-plugin",
        };
    }
}

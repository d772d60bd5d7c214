using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Makes a ConfigMap from files, env files and literals.</summary>
internal sealed class ConfigMapGenerator(MapValue config, PluginInput input) : Generator
{
    private static readonly GoStruct Config = KustomizationTypes.ConfigMapArgs.Extend(
        "ConfigMapGeneratorPlugin", ("metadata", KustomizationTypes.ObjectMeta));

    public override string Kind => "ConfigMapGenerator";

    public static ConfigMapGenerator Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        foreach (var field in (ReadOnlySpan<string>)["name", "namespace"])
        {
            if (decoded.Text(field).Length == 0 && decoded.GetMap("metadata")?[field] is { } value)
            {
                decoded[field] = value;
            }
        }

        return new ConfigMapGenerator(decoded, input) { Span = config.Span };
    }

    public override IReadOnlyList<Resource> Generate()
    {
        var value = DataGenerating.NewObject("ConfigMap", config);
        DataGenerating.SetData(value, new KeyValueReader(input.Loader).Read(config, config.Text("name")));
        return [DataGenerating.Finish(value, config, input.Context)];
    }
}

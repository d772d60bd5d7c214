using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Makes a Secret from files, env files and literals, all in base64.</summary>
internal sealed class SecretGenerator(MapValue config, PluginInput input) : Generator
{
    private static readonly GoStruct Config = KustomizationTypes.SecretArgs.Extend(
        "SecretGeneratorPlugin", ("metadata", KustomizationTypes.ObjectMeta));

    public override string Kind => "SecretGenerator";

    public static SecretGenerator Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        foreach (var field in (ReadOnlySpan<string>)["name", "namespace"])
        {
            if (decoded.Text(field).Length == 0 && decoded.GetMap("metadata")?[field] is { } value)
            {
                decoded[field] = value;
            }
        }

        return new SecretGenerator(decoded, input) { Span = config.Span };
    }

    public override IReadOnlyList<Resource> Generate()
    {
        var value = DataGenerating.NewObject("Secret", config);
        value["type"] = config.Text("type") is { Length: > 0 } type ? type : "Opaque";
        var data = new MapValue();
        foreach (var (key, text) in new KeyValueReader(input.Loader).Read(config, config.Text("name")))
        {
            Node.RequireStringKey(key, Span);
            data[key] = DataGenerating.Base64(text);
        }

        value["data"] = data;
        return [DataGenerating.Finish(value, config, input.Context)];
    }
}

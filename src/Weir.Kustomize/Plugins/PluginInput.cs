using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Plugins;

/// <summary>What transformers and generators are configured with.</summary>
internal sealed record PluginInput(BuildContext Context, Loader Loader)
{
    public ResourceReader Reader { get; } = new(Context);

    /// <summary>A configuration in the shape of a struct, as sigs.k8s.io/yaml decodes it: fields that are not known count for nothing.</summary>
    public static MapValue Decode(Value config, GoStruct type)
    {
        var decoder = new GoDecoder(rejectsUnknownFields: false);
        var decoded = decoder.Decode(config, type);
        if (decoder.Errors.Count == 0)
        {
            return decoded;
        }

        var first = decoder.Errors[0];
        throw new BuildFailure($"error unmarshaling JSON: while decoding JSON: {first.Message}", first.Span, first.Hint)
        {
            Code = first.Code,
            Others = [.. decoder.Errors.Skip(1)],
        };
    }
}

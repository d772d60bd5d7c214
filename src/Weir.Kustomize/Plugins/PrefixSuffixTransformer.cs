using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;

namespace Weir.Kustomize.Plugins;

/// <summary>A prefix and a suffix from one configuration.</summary>
internal sealed class PrefixSuffixTransformer(PrefixTransformer prefix, SuffixTransformer suffix) : Transformer
{
    public override string Kind => "PrefixSuffixTransformer";

    public static PrefixSuffixTransformer Configure(MapValue config, PluginInput input) =>
        new(PrefixTransformer.Configure(config, input), SuffixTransformer.Configure(config, input)) { Span = config.Span };

    public override void Transform(ResourceList resources)
    {
        prefix.Transform(resources);
        suffix.Transform(resources);
    }
}

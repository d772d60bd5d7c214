using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Appends the hash of their content to the names of objects that ask for it.</summary>
internal sealed class HashTransformer : Transformer
{
    public override string Kind => "HashTransformer";

    public static HashTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        return new HashTransformer { Span = config.Span };
    }

    public override void Transform(ResourceList resources)
    {
        foreach (var resource in resources)
        {
            if (resource.NeedsHash)
            {
                var hash = ContentHash.Of(resource);
                resource.StorePreviousId();
                resource.SetName($"{resource.Name}-{hash}");
            }
        }

        resources.IdsChanged();
    }
}

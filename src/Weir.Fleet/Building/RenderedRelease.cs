using Weir.Helm;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet;

/// <summary>What a release became. The objects include those of <c>crds/</c>.</summary>
internal sealed class RenderedRelease(HelmRendering rendering)
{
    public HelmRendering Rendering { get; } = rendering;

    public IReadOnlyList<MapValue> Objects { get; } = rendering.Succeeded ? [.. Collect(rendering)] : [];

    private static IEnumerable<MapValue> Collect(HelmRendering rendering)
    {
        foreach (var crd in rendering.Crds)
        {
            foreach (var value in YamlReader.ReadStream(crd.Text).Result ?? [])
            {
                if (value is MapValue map && map.Name().Length > 0)
                {
                    yield return map;
                }
            }
        }

        foreach (var manifest in rendering.Manifests)
        {
            if (manifest.Object is { } value && value.Name().Length > 0)
            {
                yield return value;
            }
        }
    }
}

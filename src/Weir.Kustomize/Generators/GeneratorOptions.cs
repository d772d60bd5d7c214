using Weir.Kustomize.Kustomizations;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Labels, annotations and switches of a generator.</summary>
internal static class GeneratorOptions
{
    /// <summary>A generator's own options with those of the whole kustomization laid under them.</summary>
    public static MapValue? Merge(MapValue? own, MapValue? all)
    {
        if (all is null)
        {
            return own;
        }

        var result = own?.DeepClone() ?? [];
        foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            if (all.GetMap(field) is not { } more)
            {
                continue;
            }

            var map = result.GetOrAddMap(field);
            foreach (var (key, value) in more)
            {
                if (!map.ContainsKey(key))
                {
                    map[key] = value;
                }
            }
        }

        foreach (var flag in (ReadOnlySpan<string>)["disableNameSuffixHash", "immutable"])
        {
            if (all.Flag(flag))
            {
                result[flag] = true;
            }
        }

        return result;
    }
}

using Weir.Flux;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Flux's patches and images as a kustomization file writes them.</summary>
internal static class PatchRules
{
    public static MapValue ToKustomize(PatchRule patch)
    {
        var map = new MapValue { ["patch"] = patch.Patch };
        if (patch.Target is { } target)
        {
            map["target"] = ToKustomize(target);
        }

        return map;
    }

    public static MapValue ToKustomize(ImageOverride image)
    {
        var map = new MapValue { ["name"] = image.Name };
        Add(map, "newName", image.NewName);
        Add(map, "newTag", image.NewTag);
        Add(map, "digest", image.Digest);
        return map;
    }

    private static MapValue ToKustomize(ObjectSelector target)
    {
        var map = new MapValue();
        Add(map, "group", target.Group);
        Add(map, "version", target.Version);
        Add(map, "kind", target.Kind);
        Add(map, "name", target.Name);
        Add(map, "namespace", target.Namespace);
        Add(map, "labelSelector", target.LabelSelector);
        Add(map, "annotationSelector", target.AnnotationSelector);
        return map;
    }

    private static void Add(MapValue map, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            map[name] = text;
        }
    }
}

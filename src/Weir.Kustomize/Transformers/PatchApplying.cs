using Weir.Kustomize.JsonPatches;
using Weir.Kustomize.Merging;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Applies strategic merge and JSON patches to resources.</summary>
internal static class PatchApplying
{
    /// <summary>Lays a patch over one resource. Name, namespace and kind stay unless the patch may change them.</summary>
    public static void Merge(BuildContext context, Resource resource, Resource patch)
    {
        var (name, space, kind) = (resource.Name, resource.Namespace, resource.Kind);
        if (patch.AllowsNameChange || patch.AllowsKindChange)
        {
            resource.StorePreviousId();
        }

        var forgets = ReplacesAnnotations(patch.Object);
        var merged = new StrategicMerge(context.Schema).Merge(resource.Object, patch.Object) as MapValue;
        if (merged is null || merged.Count == 0)
        {
            resource.Object = [];
            return;
        }

        // kustomize keeps the node that it had: a patch that replaces the whole object ("$patch: replace") changes nothing.
        if (ReferenceEquals(merged, resource.Object) && forgets)
        {
            resource.ForgetBuildState();
        }

        if (!patch.AllowsKindChange)
        {
            resource.SetKind(kind);
        }

        if (!patch.AllowsNameChange)
        {
            resource.SetName(name);
        }

        resource.SetNamespace(space);
    }

    /// <summary>Lays a patch over every selected resource, each with its own copy, and drops what it deletes.</summary>
    public static void MergeSelected(BuildContext context, ResourceList resources, ISet<ResourceKey> selected, Resource patch)
    {
        foreach (var resource in resources)
        {
            if (!selected.Contains(resource.CurrentId.Key))
            {
                continue;
            }

            var copy = patch.DeepClone();
            copy.SetMetadataMap("labels", patch.MetadataMap("labels"));
            copy.SetMetadataMap("annotations", patch.MetadataMap("annotations"));
            copy.SetName(patch.Name);
            copy.SetNamespace(patch.Namespace);
            copy.SetApiVersion(resource.Gvk.ApiVersion);
            Merge(context, resource, copy);
        }

        resources.Reset(resources.Where(r => !r.IsEmpty).ToList());
    }

    /// <summary>Applies JSON operations to one resource. Annotations become strings on the way.</summary>
    public static void Apply(Resource resource, JsonPatch patch)
    {
        NodeSettling.Settle(resource.Object);
        var metadata = resource.Object["metadata"] as MapValue;
        if (resource.HasBuildState && metadata is not null && metadata["annotations"] is not MapValue)
        {
            // kustomize keeps what it remembers in annotations, so that a patch finds the map.
            metadata["annotations"] = new MapValue();
        }

        var patched = patch.Apply(resource.Object) as MapValue
            ?? throw new BuildFailure("json: cannot unmarshal array into Go value of type map[string]interface {}") { Code = "kustomize-json-patch" };
        JsonScalars.Rewrite(patched);
        resource.Object = patched;
        resource.SetMetadataMap("annotations", resource.MetadataMap("annotations"));
    }

    /// <summary>True when the patch clears or replaces the annotations, where kustomize keeps what it remembers.</summary>
    private static bool ReplacesAnnotations(MapValue patch)
    {
        if (!patch.TryGetValue("metadata", out var metadata))
        {
            return false;
        }

        return Replaces(metadata) || (metadata is MapValue map && map.TryGetValue("annotations", out var annotations) && Replaces(annotations));
    }

    private static bool Replaces(Value value) =>
        Scalar.IsNull(value) || (value is MapValue map && Scalar.Text(map["$patch"]) is "replace" or "delete");
}

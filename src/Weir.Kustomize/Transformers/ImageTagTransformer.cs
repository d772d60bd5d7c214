using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>
/// Changes names, tags and digests of images: in every list called containers or initContainers, and where the fields
/// say. Definitions of custom resources stay as they are.
/// </summary>
internal sealed class ImageTagTransformer(IReadOnlyList<ImageChange> images, ImmutableArray<FieldSpec> fields, BuildContext context) : Transformer
{
    private static readonly GoStruct Config = new(
        "ImageTagTransformerPlugin", ("imageTag", KustomizationTypes.Image), ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)));

    /// <summary>Whether containers are found wherever they stand, beside the fields.</summary>
    public bool WalksContainers { get; init; } = true;

    public override string Kind => "ImageTagTransformer";

    public static ImageTagTransformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        return new ImageTagTransformer(
            [new ImageChange(decoded.GetMap("imageTag") ?? [])], FieldSpecReader.ReadAll(decoded, "fieldSpecs"), input.Context)
        {
            Span = config.Span,
        };
    }

    public override void Transform(ResourceList resources)
    {
        var cache = new FieldSpecCache(fields);
        var slots = new List<Slot>();
        foreach (var resource in resources)
        {
            if (resource.Kind == "CustomResourceDefinition")
            {
                continue;
            }

            if (WalksContainers)
            {
                Walk(resource.Object, slots);
            }

            foreach (var field in cache.For(resource.Gvk))
            {
                new FieldSpecWalk(field, NodeKind.None, slot => Add(slots, slot)).Visit(resource);
            }

            Update(slots);
            slots.Clear();
        }

        foreach (var image in images)
        {
            if (!image.IsUsed)
            {
                context.TellUnused(
                    "kustomize-unused-image", $"the image '{image.Name}' is not used by any resource", image.Span, "remove the entry, or correct its name");
            }
        }
    }

    private static void Walk(Value node, List<Slot> slots)
    {
        switch (node)
        {
            case MapValue map:
                foreach (var (key, value) in map)
                {
                    Walk(value, slots);
                    if (key is "containers" or "initContainers" && value is ListValue containers)
                    {
                        AddContainers(containers, slots);
                    }
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    Walk(item, slots);
                }

                break;
        }
    }

    private static void AddContainers(ListValue containers, List<Slot> slots)
    {
        foreach (var container in containers)
        {
            if (Node.Get(container, "image") is not null)
            {
                Add(slots, Slot.Field((MapValue)container, "image"));
            }
        }
    }

    private static void Add(List<Slot> slots, Slot slot)
    {
        Node.RequireScalar(slot.Value);
        slots.Add(slot);
    }

    /// <summary>Entry by entry, each over all images: an image that two entries mean is changed by the second last.</summary>
    private void Update(List<Slot> slots)
    {
        foreach (var change in images)
        {
            foreach (var slot in slots)
            {
                if (change.Apply(Scalar.Text(slot.Value)) is { } changed)
                {
                    Node.SetScalar(slot, changed, ScalarTag.Undecided);
                }
            }
        }
    }
}

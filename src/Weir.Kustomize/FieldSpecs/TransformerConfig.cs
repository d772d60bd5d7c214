using System.Collections.Immutable;
using Weir.Kustomize.Resources;

namespace Weir.Kustomize.FieldSpecs;

/// <summary>Which fields the transformers of a kustomization touch: the defaults, and what <c>configurations</c> and <c>crds</c> add.</summary>
internal sealed record TransformerConfig
{
    public static TransformerConfig Empty { get; } = new();

    public ImmutableArray<FieldSpec> NamePrefix { get; init; } = [];

    public ImmutableArray<FieldSpec> NameSuffix { get; init; } = [];

    public ImmutableArray<FieldSpec> Namespace { get; init; } = [];

    public ImmutableArray<FieldSpec> CommonLabels { get; init; } = [];

    public ImmutableArray<FieldSpec> Labels { get; init; } = [];

    public ImmutableArray<FieldSpec> TemplateLabels { get; init; } = [];

    public ImmutableArray<FieldSpec> CommonAnnotations { get; init; } = [];

    public ImmutableArray<NameReference> NameReferences { get; init; } = [];

    public ImmutableArray<FieldSpec> VarReference { get; init; } = [];

    public ImmutableArray<FieldSpec> Images { get; init; } = [];

    public ImmutableArray<FieldSpec> Replicas { get; init; } = [];

    /// <summary>Both configurations together.</summary>
    public TransformerConfig Merge(TransformerConfig other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Empty))
        {
            return this;
        }

        if (ReferenceEquals(this, Empty) && ReferenceEquals(other, DefaultFieldSpecs.Config))
        {
            return other;
        }

        return new TransformerConfig
        {
            NamePrefix = Merge(NamePrefix, other.NamePrefix, "NamePrefix"),
            NameSuffix = Merge(NameSuffix, other.NameSuffix, "NameSuffix"),
            Namespace = Merge(Namespace, other.Namespace, "NameSpace"),
            CommonAnnotations = Merge(CommonAnnotations, other.CommonAnnotations, "CommonAnnotations"),
            CommonLabels = Merge(CommonLabels, other.CommonLabels, "CommonLabels"),
            Labels = Merge(Labels, other.Labels, "Labels"),
            TemplateLabels = Merge(TemplateLabels, other.TemplateLabels, "TemplateLabels"),
            VarReference = Merge(VarReference, other.VarReference, "VarReference"),
            NameReferences = Merge(NameReferences, other.NameReferences),
            Images = Merge(Images, other.Images, "Images"),
            Replicas = Merge(Replicas, other.Replicas, "Replicas"),
        };
    }

    /// <summary>The fields that hold names, with one more entry.</summary>
    public TransformerConfig WithNameReference(NameReference reference) =>
        this with { NameReferences = Merge(NameReferences, [reference]) };

    private static ImmutableArray<FieldSpec> Merge(ImmutableArray<FieldSpec> specs, ImmutableArray<FieldSpec> incoming, string name)
    {
        try
        {
            return specs.MergeAll(incoming).Sorted();
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"failed to merge {name} fieldSpec");
        }
    }

    private static ImmutableArray<NameReference> Merge(ImmutableArray<NameReference> known, ImmutableArray<NameReference> incoming)
    {
        if (incoming.IsEmpty)
        {
            return known;
        }

        var result = known.ToBuilder();
        foreach (var reference in incoming)
        {
            var found = false;
            for (var i = 0; i < result.Count; i++)
            {
                if (result[i].Target == reference.Target)
                {
                    result[i] = result[i] with { Referrers = Merge(result[i].Referrers, reference.Referrers, "NameReference") };
                    found = true;
                }
            }

            if (!found)
            {
                result.Add(reference with { Referrers = Merge([], reference.Referrers, "NameReference") });
            }
        }

        return [.. result.OrderBy(r => r.Target, KindOrder.Default)];
    }
}

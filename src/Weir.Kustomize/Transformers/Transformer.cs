using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Changes the resources of a kustomization. It is configured once and then applied once.</summary>
internal abstract class Transformer
{
    /// <summary>The name of kustomize's plugin that this is.</summary>
    public abstract string Kind { get; }

    /// <summary>Where the transformer is asked for.</summary>
    public SourceSpan Span { get; init; }

    public abstract void Transform(ResourceList resources);
}

using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Makes resources. It is configured once and then run once.</summary>
internal abstract class Generator
{
    /// <summary>The name of kustomize's plugin that this is.</summary>
    public abstract string Kind { get; }

    /// <summary>Where the generator is asked for.</summary>
    public SourceSpan Span { get; init; }

    public abstract IReadOnlyList<Resource> Generate();
}

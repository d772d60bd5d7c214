using Weir.Flux;
using Weir.Kubernetes;

namespace Weir.Cli.Getting;

/// <summary>Which columns a table of objects has.</summary>
internal sealed record FluxColumns
{
    /// <summary>The namespace comes first.</summary>
    public bool Namespace { get; init; }

    /// <summary>Names are written as <c>kind/name</c>.</summary>
    public bool Kind { get; init; }

    /// <summary>The source stands after the name.</summary>
    public bool SourceFirst { get; init; }

    public bool Revision { get; init; } = true;

    /// <summary>The source stands where others say whether they are suspended.</summary>
    public bool SourceForSuspended { get; init; }

    /// <summary>The columns that flux gives a kind.</summary>
    public static FluxColumns Of(GroupVersionKind kind) => new()
    {
        Revision = kind != ArtifactGenerator.Kind,
        SourceForSuspended = kind == ExternalArtifact.Kind,
    };
}

using Weir.Values;

namespace Weir.Rendering;

/// <summary>
/// What a Kustomization produces. With an error among the diagnostics the objects are incomplete and must not be applied.
/// </summary>
public sealed record KustomizationRendering
{
    /// <summary>The objects to apply, in build order, with owner labels, common metadata and without status.</summary>
    public IReadOnlyList<MapValue> Objects { get; init; } = [];

    /// <summary>The objects as built, before labels and normalisation, as one YAML text; its checksum is <see cref="Digest"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary><c>sha256:</c> and the checksum of the built text.</summary>
    public string Digest { get; init; } = "";

    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>True when the folder does not exist, which Flux blames on the artifact.</summary>
    public bool IsPathMissing { get; init; }

    public bool HasErrors => Diagnostics.Any(d => d.Severity == Severity.Error);
}

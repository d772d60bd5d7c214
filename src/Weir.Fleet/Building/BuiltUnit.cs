using Weir.Helm;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>What a Kustomization or a HelmRelease produces.</summary>
public sealed record BuiltUnit
{
    public required UnitId Id { get; init; }

    /// <summary>The Flux object itself, as its parent made it.</summary>
    public required MapValue Definition { get; init; }

    /// <summary>Which unit made the Flux object; <see langword="null"/> for the root of a cluster.</summary>
    public UnitId? Parent { get; init; }

    /// <summary>The objects to apply, without hooks; empty when the unit cannot be rendered.</summary>
    public IReadOnlyList<MapValue> Objects { get; init; } = [];

    /// <summary>Hooks of a release, which run beside its objects.</summary>
    public IReadOnlyList<MapValue> Hooks { get; init; } = [];

    /// <summary>The composed values of a release.</summary>
    public MapValue? Values { get; init; }

    /// <summary>The chart of a release, as <c>name-version</c>; empty for a Kustomization.</summary>
    public string Chart { get; init; } = "";

    /// <summary>The chart itself; <see langword="null"/> for a Kustomization.</summary>
    internal Chart? ChartContent { get; init; }

    /// <summary>Texts of Secrets that went into it: they must not be shown.</summary>
    internal IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Texts that were decrypted for it.</summary>
    internal IReadOnlyList<string> Decrypted { get; init; } = [];

    /// <summary>The objects as they may be printed: what was decrypted is hidden.</summary>
    public IReadOnlyList<MapValue> Printable => Decrypted.Count == 0 ? Objects : [.. DecryptedTexts.Hide(Objects, Decrypted)];

    /// <summary>True when it holds encrypted values that no key opened: they are compared as they are written.</summary>
    public bool IsLocked { get; init; }

    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Why nothing could be rendered, or <see langword="null"/>.</summary>
    public string? Error => Diagnostics.FirstOrDefault(static d => d.Severity == Severity.Error)?.ToString();
}

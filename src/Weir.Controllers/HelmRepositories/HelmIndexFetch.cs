using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>An index as it was fetched; with an outcome there is nothing to go on with, without content nothing changed.</summary>
internal sealed record HelmIndexFetch
{
    /// <summary><c>sha256:…</c> of what the repository sent.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The index in the form that is stored.</summary>
    public byte[]? Content { get; init; }

    public MirrorMatch? Mirror { get; init; }

    public SourceOutcome? Outcome { get; init; }
}

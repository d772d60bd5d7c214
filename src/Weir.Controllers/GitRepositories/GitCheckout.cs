using Weir.Sources.Git;
using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>What was checked out; with an outcome there is nothing to go on with.</summary>
internal sealed record GitCheckout
{
    /// <summary>As Flux writes it, such as <c>main@sha1:…</c>.</summary>
    public string Revision { get; init; } = "";

    public string Commit { get; init; } = "";

    /// <summary>The tag the commit was found under; empty when it was found in another way.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The first line of the commit's message, shortened.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The folder that holds the files.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The bare repository that holds the objects; empty when there is none.</summary>
    public string Repository { get; init; } = "";

    /// <summary>How the remote was asked; <see langword="null"/> when there is none.</summary>
    public GitFetchRequest? Request { get; init; }

    /// <summary>The mirror that answered; <see langword="null"/> when the remote did.</summary>
    public MirrorMatch? Mirror { get; init; }

    public SourceOutcome? Outcome { get; init; }
}

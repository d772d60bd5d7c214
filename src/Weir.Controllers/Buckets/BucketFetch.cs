using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>The files of a bucket; with an outcome there is nothing to go on with.</summary>
internal sealed record BucketFetch
{
    /// <summary><c>sha256:…</c> over the keys and what each holds.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The keys that are kept.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Brings the objects into a folder; answers what went wrong.</summary>
    public Func<string, CancellationToken, Task<string?>> Fill { get; init; } = static (_, _) => Task.FromResult<string?>(null);

    /// <summary>The mirror that answered; <see langword="null"/> when the storage did.</summary>
    public MirrorMatch? Mirror { get; init; }

    public SourceOutcome? Outcome { get; init; }
}

using Weir.Values;

namespace Weir.Controllers;

/// <summary>A source of a generator as it stands: its artifact, and what of it ends up in revisions.</summary>
internal sealed record ObservedSource(string Alias, MapValue Artifact)
{
    private const string OriginAnnotation = "org.opencontainers.image.revision";

    public string Digest => Artifact.GetString("digest") ?? "";

    public string Revision => Artifact.GetString("revision") ?? "";

    /// <summary>The revision that the source itself was made from; that of the source when it has none.</summary>
    public string OriginRevision => Artifact.GetMap("metadata")?.GetString(OriginAnnotation) is { Length: > 0 } origin ? origin : Revision;
}

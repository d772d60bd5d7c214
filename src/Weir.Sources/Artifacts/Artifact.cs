namespace Weir.Sources.Artifacts;

/// <summary>A stored, immutable result of a source.</summary>
/// <param name="Path">Where it lies in the store: <c>kind/namespace/name/file</c>, in lower case kind.</param>
/// <param name="Revision">Flux's revision of the source, such as <c>main@sha1:…</c>.</param>
/// <param name="Digest"><c>sha256:&lt;hex&gt;</c> of the file's bytes.</param>
/// <param name="Size">The file's bytes.</param>
/// <param name="LastUpdateTime">When it was stored.</param>
public sealed record Artifact(string Path, string Revision, string Digest, long Size, DateTimeOffset LastUpdateTime);

using Weir.Sources.Mirrors;

namespace Weir.Sources.Oci;

/// <summary>A manifest that a reference names now.</summary>
/// <param name="Tag">The tag it was found under; <see langword="null"/> for a digest alone.</param>
/// <param name="Digest"><c>sha256:…</c> of the manifest; of the content when a mirror answered.</param>
/// <param name="Mirror">The mirror that answered; <see langword="null"/> when the registry did.</param>
public sealed record OciRevision(string? Tag, string Digest, MirrorMatch? Mirror = null)
{
    /// <summary>Flux's form: <c>tag@sha256:…</c>, or the digest alone.</summary>
    public override string ToString() => Tag is null ? Digest : $"{Tag}@{Digest}";
}

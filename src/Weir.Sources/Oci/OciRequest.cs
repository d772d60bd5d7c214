using Weir.Sources.Http;

namespace Weir.Sources.Oci;

/// <summary>A repository of a registry, and how it is talked to.</summary>
public sealed record OciRequest
{
    /// <summary><c>oci://registry/repository</c>, without a tag.</summary>
    public required string Url { get; init; }

    /// <summary>Whether the registry may be spoken to without TLS.</summary>
    public bool Insecure { get; init; }

    public HttpAccess Access { get; init; } = HttpAccess.Anonymous;
}

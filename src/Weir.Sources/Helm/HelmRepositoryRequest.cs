using Weir.Sources.Http;

namespace Weir.Sources.Helm;

/// <summary>A Helm repository, and how it is talked to.</summary>
public sealed record HelmRepositoryRequest
{
    public required string Url { get; init; }

    public HttpAccess Access { get; init; } = HttpAccess.Anonymous;

    /// <summary>Whether charts on other hosts than the repository's are asked for with its credentials.</summary>
    public bool PassCredentials { get; init; }
}

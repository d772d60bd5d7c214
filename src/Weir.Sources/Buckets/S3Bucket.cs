using Weir.Sources.Http;

namespace Weir.Sources.Buckets;

/// <summary>A bucket of an object storage, and how it is asked.</summary>
public sealed record S3Bucket
{
    /// <summary><c>host:port</c>.</summary>
    public required string Endpoint { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether it is spoken to without TLS.</summary>
    public bool Insecure { get; init; }

    public string Region { get; init; } = "us-east-1";

    /// <summary><see langword="null"/> for a bucket that everybody may read.</summary>
    public S3Credentials? Credentials { get; init; }

    public HttpAccess Access { get; init; } = HttpAccess.Anonymous;

    /// <summary>The address of an object or, without a key, of the bucket.</summary>
    internal Uri UrlOf(string key, string query)
    {
        var scheme = Insecure ? "http" : "https";
        var path = S3Signature.Escape(key, keepsSlashes: true);

        // Amazon wants the bucket in the name of the host; others have it in the path.
        var start = Endpoint.EndsWith(".amazonaws.com", StringComparison.Ordinal) && !Name.Contains('.', StringComparison.Ordinal)
            ? $"{scheme}://{Name}.{Endpoint}/{path}"
            : $"{scheme}://{Endpoint}/{Name}/{path}";
        return new Uri(query.Length > 0 ? $"{start}?{query}" : start, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }
}

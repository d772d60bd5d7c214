using System.Buffers;
using System.Text.RegularExpressions;

namespace Weir.Sources.Oci;

/// <summary>The registry and repository in <c>oci://registry/repository</c>.</summary>
/// <param name="Registry">Host and port.</param>
/// <param name="Repository">The path without a slash at its ends.</param>
public sealed partial record OciUrl(string Registry, string Repository)
{
    public const string Scheme = "oci://";

    private const string RepositoryCharacters = "abcdefghijklmnopqrstuvwxyz0123456789_-./";
    private static readonly SearchValues<char> Allowed = SearchValues.Create(RepositoryCharacters);

    private const string DockerHub = "index.docker.io";

    /// <summary>Reads a URL as Flux does, with its words for what is wrong.</summary>
    /// <exception cref="SourceException">It is none, or names a tag.</exception>
    public static OciUrl Parse(string url)
    {
        if (!url.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw Invalid("URL must be in format 'oci://<domain>/<org>/<repo>'");
        }

        var rest = url[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : rest[..slash];
        var isRegistry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        var (registry, repository) = isRegistry ? (first, rest[(slash + 1)..]) : (DockerHub, rest);
        if (repository.Length is < 2 or > 255)
        {
            throw Invalid($"repository must be between 2 and 255 characters in length: {repository}");
        }

        if (repository.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw Invalid($"repository can only contain the characters `{RepositoryCharacters}`: {repository}");
        }

        if (registry is "docker.io" or DockerHub)
        {
            registry = DockerHub;
            repository = repository.Contains('/', StringComparison.Ordinal) ? repository : $"library/{repository}";
        }

        return new OciUrl(registry, repository);
    }

    /// <summary>True for registries that are spoken to without TLS when they do not speak it: those of this machine and of private networks.</summary>
    public bool IsLocal => LocalHost().IsMatch(Registry);

    public override string ToString() => $"{Registry}/{Repository}";

    [GeneratedRegex(@"^(localhost:|localhost$|127\.0\.0\.1|\[?::1\]?|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(1[6-9]|2\d|3[01])\.\d+\.\d+)|\.local(?:host)?(?::\d{1,5})?$", RegexOptions.CultureInvariant)]
    private static partial Regex LocalHost();

    private static SourceException Invalid(string message) => new(message, SourceFailure.InvalidRequest);
}

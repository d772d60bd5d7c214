using System.Security.Cryptography;
using Weir.Sources.Charts;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;

namespace Weir.Sources.Helm;

/// <summary>Reads Helm repositories over HTTP, or from the mirrors that stand for them. Safe to call from many threads.</summary>
public sealed class HelmRepositoryClient(HttpClients http, SourceMirrors mirrors)
{
    /// <summary>Largest index, as in Flux.</summary>
    public const long MaxIndexBytes = 50L * 1024 * 1024;

    /// <summary>Largest packed chart, as in Flux.</summary>
    public const long MaxChartBytes = 10L * 1024 * 1024;

    /// <summary>The repository's index.</summary>
    /// <exception cref="SourceException">It cannot be had.</exception>
    public async Task<FetchedIndex> FetchIndexAsync(HelmRepositoryRequest repository, CancellationToken cancellationToken)
    {
        if (mirrors.Find(repository.Url) is { } mirror)
        {
            return new FetchedIndex(ChartFolder.At(mirror).ReadIndex(), mirror);
        }

        var url = IndexUrl(repository.Url);
        var content = await http.GetAsync(url, repository.Access, MaxIndexBytes, cancellationToken);
        return new FetchedIndex(content, null);
    }

    /// <summary>The packed chart, checked against the digest in the index.</summary>
    /// <exception cref="SourceException">It cannot be had, or is not what the index says.</exception>
    public async Task<byte[]> DownloadAsync(HelmRepositoryRequest repository, HelmIndexEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Urls.Count == 0)
        {
            throw new SourceException($"chart '{entry.Name}' has no downloadable URLs", SourceFailure.Damaged);
        }

        var content = await DownloadAsync(repository, entry.Urls[0], cancellationToken);
        if (entry.Digest.Length > 0 && !IsIntact(content, entry.Digest))
        {
            throw new SourceException(
                $"the chart '{entry.Name}' with version '{entry.Version}' does not have the digest '{entry.Digest}' of the index", SourceFailure.Damaged);
        }

        return content;
    }

    private async Task<byte[]> DownloadAsync(HelmRepositoryRequest repository, string reference, CancellationToken cancellationToken)
    {
        var isAbsolute = Uri.TryCreate(reference, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" or "oci";
        if (isAbsolute && mirrors.Find(reference) is { } single)
        {
            return ChartFolder.At(single).ReadChart();
        }

        if (mirrors.Find(repository.Url) is { } mirror)
        {
            return ChartFolder.At(mirror).ReadChart(isAbsolute ? absolute!.Segments[^1] : reference);
        }

        if (isAbsolute && absolute!.Scheme == "oci")
        {
            throw new SourceException($"the index points to '{reference}', which is no chart over HTTP", SourceFailure.InvalidRequest);
        }

        var url = isAbsolute ? absolute! : Resolve(repository.Url, reference);
        var isSameHost = url.GetLeftPart(UriPartial.Authority) == new Uri(repository.Url).GetLeftPart(UriPartial.Authority);
        var access = isSameHost || repository.PassCredentials ? repository.Access : repository.Access.WithoutCredentials();
        return await http.GetAsync(url, access, MaxChartBytes, cancellationToken);
    }

    private static bool IsIntact(byte[] content, string digest) =>
        string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest[7..] : digest, StringComparison.OrdinalIgnoreCase);

    private static Uri IndexUrl(string repository)
    {
        if (!Uri.TryCreate(repository, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new SourceException($"scheme \"{url?.Scheme}\" not supported", SourceFailure.InvalidRequest);
        }

        var builder = new UriBuilder(url) { Path = url.AbsolutePath.TrimEnd('/') + "/index.yaml" };
        return new Uri(builder.Uri.AbsoluteUri);
    }

    /// <summary>A chart's URL counts from the repository as from a directory; the repository's query goes with it.</summary>
    private static Uri Resolve(string repository, string reference)
    {
        var root = new Uri(repository);
        var folder = new UriBuilder(root) { Path = root.AbsolutePath.TrimEnd('/') + "/", Query = "" }.Uri;
        var url = new Uri(folder, reference);
        return root.Query.Length > 1 && url.Query.Length == 0 ? new UriBuilder(url) { Query = root.Query }.Uri : url;
    }
}

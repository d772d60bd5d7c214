using System.Collections.Concurrent;
using System.Security.Cryptography;
using Weir.Sources.Artifacts;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Fetches artifacts by digest: from the store in this process when it holds them, otherwise over HTTP. Unpacked trees are
/// kept by digest, so that a hundred consumers of one artifact unpack it once.
/// </summary>
internal sealed class ArtifactReader(ArtifactStore? store, HttpClient http) : IDisposable
{
    private const int MostTrees = 64;

    private readonly ConcurrentDictionary<string, Lazy<Task<IFileTree>>> _trees = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>The files of a tar.gz artifact. Throws <see cref="ArtifactException"/>.</summary>
    public async Task<IFileTree> ReadTreeAsync(MapValue artifact, CancellationToken cancellationToken)
    {
        var digest = artifact.GetString("digest") ?? "";
        var lazy = _trees.GetOrAdd(digest, key =>
        {
            _order.Enqueue(key);
            return new(() => UnpackAsync(artifact, CancellationToken.None));
        });
        while (_trees.Count > MostTrees && _order.TryDequeue(out var oldest))
        {
            _trees.TryRemove(oldest, out _);
        }

        try
        {
            return await lazy.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArtifactException)
        {
            _trees.TryRemove(digest, out _);
            throw;
        }
    }

    /// <summary>The bytes of an artifact, checked against its digest. Throws <see cref="ArtifactException"/>.</summary>
    public async Task<byte[]> ReadAsync(MapValue artifact, CancellationToken cancellationToken)
    {
        var digest = artifact.GetString("digest") ?? "";
        var content = await ReadStoredAsync(artifact, cancellationToken).ConfigureAwait(false);
        if (content is not null && IsIntact(content, digest))
        {
            return content;
        }

        content = await DownloadAsync(artifact, cancellationToken).ConfigureAwait(false);
        return IsIntact(content, digest)
            ? content
            : throw new ArtifactException($"failed to verify archive: computed checksum does not match provided '{digest}'", isMissing: false);
    }

    public void Dispose() => http.Dispose();

    private async Task<IFileTree> UnpackAsync(MapValue artifact, CancellationToken cancellationToken)
    {
        var content = await ReadAsync(artifact, cancellationToken).ConfigureAwait(false);
        try
        {
            return TarGz.Read(new MemoryStream(content));
        }
        catch (InvalidDataException e)
        {
            throw new ArtifactException($"failed to untar archive: {e.Message}", isMissing: false);
        }
    }

    private async Task<byte[]?> ReadStoredAsync(MapValue artifact, CancellationToken cancellationToken)
    {
        var path = artifact.GetString("path");
        if (store is null || string.IsNullOrEmpty(path))
        {
            return null;
        }

        try
        {
            using var file = store.Open(path);
            if (file is null)
            {
                return null;
            }

            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<byte[]> DownloadAsync(MapValue artifact, CancellationToken cancellationToken)
    {
        var url = artifact.GetString("url") ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ArtifactException($"the artifact has no usable url: '{url}'", isMissing: false);
        }

        try
        {
            using var response = await http.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                throw new ArtifactException("file not found", isMissing: true);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw new ArtifactException($"failed to download archive from {url}: {e.Message}", isMissing: false);
        }
    }

    private static bool IsIntact(byte[] content, string digest) =>
        digest == "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}

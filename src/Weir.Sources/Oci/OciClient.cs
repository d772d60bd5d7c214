using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Oci;

/// <summary>
/// Reads artifacts from registries by the OCI distribution protocol, or from the mirrors that stand for them. Everything is
/// checked against its digest. Safe to call from many threads.
/// </summary>
public sealed class OciClient(HttpClients http, SourceMirrors mirrors, TimeProvider time)
{
    /// <summary>Largest layer.</summary>
    public const long MaxLayerBytes = 512L * 1024 * 1024;

    private const long MaxManifestBytes = 4L * 1024 * 1024;
    private const int MaxPages = 1_000;

    private static readonly string[] ManifestTypes =
        [OciMediaTypes.Manifest, OciMediaTypes.DockerManifest, OciMediaTypes.Index, OciMediaTypes.DockerIndex];

    private readonly OciRegistry _registry = new(http, time);

    /// <summary>The manifest that a reference names now, asked without fetching content.</summary>
    /// <param name="request">The repository.</param>
    /// <param name="reference">What of it.</param>
    /// <param name="layerMediaType">The layer that will be asked for: tags of Helm charts write <c>_</c> for <c>+</c>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="SourceException">There is none, or the registry cannot be read.</exception>
    public async Task<OciRevision> ResolveAsync(OciRequest request, OciReference reference, string? layerMediaType, CancellationToken cancellationToken)
    {
        var url = OciUrl.Parse(request.Url);
        if (mirrors.Find(request.Url) is { } mirror)
        {
            return OciMirror.At(mirror).Resolve(reference, layerMediaType);
        }

        if (reference.Digest is { } digest)
        {
            return new OciRevision(null, digest);
        }

        var tag = reference.SemVer is { } range
            ? OciTags.Highest(await ListTagsAsync(request, cancellationToken), range, Filter(reference.SemVerFilter), layerMediaType == OciMediaTypes.HelmChart)
            : reference.Tag ?? "latest";
        return new OciRevision(tag, await DigestOfAsync(request, url, tag, cancellationToken));
    }

    /// <summary>All tags, page by page.</summary>
    /// <exception cref="SourceException">The registry cannot be read or has no such repository.</exception>
    public async Task<IReadOnlyList<string>> ListTagsAsync(OciRequest request, CancellationToken cancellationToken)
    {
        if (mirrors.Find(request.Url) is { } mirror)
        {
            return OciMirror.At(mirror).Tags();
        }

        var url = OciUrl.Parse(request.Url);
        var tags = new List<string>();
        var page = $"/v2/{url.Repository}/tags/list?n=1000";
        for (var i = 0; i < MaxPages; i++)
        {
            using var response = await _registry.SendAsync(request, url, HttpMethod.Get, page, ["application/json"], cancellationToken);
            var body = JsonReader.Read(await HttpClients.ReadAsync(response, MaxManifestBytes, cancellationToken)).Result as MapValue;
            foreach (var tag in body?.GetList("tags") ?? [])
            {
                if (tag is StringValue text)
                {
                    tags.Add(text.Value);
                }
            }

            if (NextPage(response) is not { } next)
            {
                return tags;
            }

            page = next;
        }

        throw new SourceException($"{request.Url} has more than {MaxPages} pages of tags", SourceFailure.TooLarge);
    }

    /// <summary>One layer of a manifest: the first of a media type, or the first of all.</summary>
    /// <exception cref="SourceException">There is none, or the registry cannot be read.</exception>
    public async Task<OciLayer> PullAsync(OciRequest request, OciRevision revision, string? layerMediaType, CancellationToken cancellationToken)
    {
        if (revision.Mirror is { } mirror)
        {
            return OciMirror.At(mirror).Pull(revision, layerMediaType);
        }

        var url = OciUrl.Parse(request.Url);
        var manifest = await ManifestAsync(request, url, revision.Digest, cancellationToken);
        var (digest, mediaType) = OciManifest.SelectLayer(manifest, layerMediaType);
        using var response = await _registry.SendAsync(request, url, HttpMethod.Get, $"/v2/{url.Repository}/blobs/{digest}", [], cancellationToken);
        var content = await HttpClients.ReadAsync(response, MaxLayerBytes, cancellationToken);
        Check(content, digest);
        return new OciLayer(content, mediaType, OciManifest.Annotations(manifest));
    }

    /// <summary>The manifest of a tag or a digest as it is; <see langword="null"/> when there is none.</summary>
    /// <exception cref="SourceException">The registry cannot be read.</exception>
    public async Task<MapValue?> FindManifestAsync(OciRequest request, string reference, CancellationToken cancellationToken)
    {
        var url = OciUrl.Parse(request.Url);
        try
        {
            using var response = await _registry.SendAsync(request, url, HttpMethod.Get, $"/v2/{url.Repository}/manifests/{reference}", ManifestTypes, cancellationToken);
            var content = await HttpClients.ReadAsync(response, MaxManifestBytes, cancellationToken);
            if (reference.Contains(':', StringComparison.Ordinal))
            {
                Check(content, reference);
            }

            return OciManifest.Read(content);
        }
        catch (SourceException e) when (e.Failure == SourceFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>A blob of a repository.</summary>
    /// <exception cref="SourceException">There is none, it is larger than allowed, or the registry cannot be read.</exception>
    public async Task<byte[]> BlobAsync(OciRequest request, string digest, long most, CancellationToken cancellationToken)
    {
        var url = OciUrl.Parse(request.Url);
        using var response = await _registry.SendAsync(request, url, HttpMethod.Get, $"/v2/{url.Repository}/blobs/{digest}", [], cancellationToken);
        var content = await HttpClients.ReadAsync(response, most, cancellationToken);
        Check(content, digest);
        return content;
    }

    /// <summary>
    /// The descriptors of what refers to a manifest: asked by the API of OCI 1.1, or read from the tag that stands for it in
    /// registries without.
    /// </summary>
    /// <exception cref="SourceException">The registry cannot be read.</exception>
    public async Task<IReadOnlyList<MapValue>> ReferrersAsync(OciRequest request, string digest, CancellationToken cancellationToken)
    {
        var url = OciUrl.Parse(request.Url);
        MapValue? index;
        try
        {
            using var response = await _registry.SendAsync(request, url, HttpMethod.Get, $"/v2/{url.Repository}/referrers/{digest}", [OciMediaTypes.Index], cancellationToken);
            index = JsonReader.Read(await HttpClients.ReadAsync(response, MaxManifestBytes, cancellationToken)).Result as MapValue;
        }
        catch (SourceException e) when (e.Failure is SourceFailure.NotFound or SourceFailure.InvalidRequest)
        {
            index = await FindManifestAsync(request, digest.Replace(':', '-'), cancellationToken);
        }

        return [.. index?.GetList("manifests")?.OfType<MapValue>() ?? []];
    }

    private async Task<string> DigestOfAsync(OciRequest request, OciUrl url, string tag, CancellationToken cancellationToken)
    {
        var path = $"/v2/{url.Repository}/manifests/{tag}";
        try
        {
            using var head = await _registry.SendAsync(request, url, HttpMethod.Head, path, ManifestTypes, cancellationToken);
            if (head.Headers.TryGetValues("Docker-Content-Digest", out var values))
            {
                return values.First();
            }
        }
        catch (SourceException e) when (e.Failure is SourceFailure.NotFound or SourceFailure.Unauthorized)
        {
            // An answer without a body tells nothing; the one to GET does.
        }

        using var response = await _registry.SendAsync(request, url, HttpMethod.Get, path, ManifestTypes, cancellationToken);
        var content = await HttpClients.ReadAsync(response, MaxManifestBytes, cancellationToken);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private async Task<MapValue> ManifestAsync(OciRequest request, OciUrl url, string digest, CancellationToken cancellationToken)
    {
        var manifest = await ManifestOnceAsync(request, url, digest, cancellationToken);
        return OciManifest.PlatformDigest(manifest) is { } platform
            ? await ManifestOnceAsync(request, url, platform, cancellationToken)
            : manifest;
    }

    private async Task<MapValue> ManifestOnceAsync(OciRequest request, OciUrl url, string digest, CancellationToken cancellationToken)
    {
        using var response = await _registry.SendAsync(request, url, HttpMethod.Get, $"/v2/{url.Repository}/manifests/{digest}", ManifestTypes, cancellationToken);
        var content = await HttpClients.ReadAsync(response, MaxManifestBytes, cancellationToken);
        Check(content, digest);
        return OciManifest.Read(content);
    }

    private static void Check(byte[] content, string digest)
    {
        var actual = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual != digest)
        {
            throw new SourceException($"error verifying sha256 checksum; got \"{actual}\", want \"{digest}\"", SourceFailure.Damaged);
        }
    }

    private static Regex? Filter(string? pattern)
    {
        try
        {
            return pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SourceException($"failed to compile semver filter regex '{pattern}': {e.Message}", SourceFailure.InvalidRequest, e);
        }
    }

    /// <summary>The <c>Link: &lt;…&gt;; rel="next"</c> of a page, which may not lead to another registry.</summary>
    private static string? NextPage(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Link", out var links))
        {
            return null;
        }

        var link = links.First();
        var (open, close) = (link.IndexOf('<', StringComparison.Ordinal), link.IndexOf('>', StringComparison.Ordinal));
        if (open < 0 || close < open || !link[close..].Contains("next", StringComparison.Ordinal))
        {
            return null;
        }

        var here = response.RequestMessage!.RequestUri!;
        var next = new Uri(here, link[(open + 1)..close]);
        return next.Authority == here.Authority ? next.PathAndQuery : null;
    }
}

using System.Text;
using Weir.Sources.Oci;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>
/// Finds and checks the signatures that cosign makes of artifacts in a registry: bundles beside the artifact (cosign 3), and
/// without any the signature tag of older versions.
/// </summary>
public sealed class CosignSignatures(OciClient registry)
{
    private const string SimpleSigning = "application/vnd.dev.cosign.simplesigning.v1+json";
    private const string SignatureAnnotation = "dev.cosignproject.cosign/signature";
    private const string SignatureType = "cosign container image signature";
    private const string BundleType = "application/vnd.dev.sigstore.bundle";
    private const int MaxSignatures = 100;
    private const long MaxBytes = 4L * 1024 * 1024;

    /// <summary>True when one of the keys signed the artifact.</summary>
    /// <exception cref="SourceException">The registry cannot be read.</exception>
    public async Task<bool> IsSignedAsync(OciRequest request, string digest, IReadOnlyList<SignatureKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var bundles = await BundlesAsync(request, digest, cancellationToken);
        if (bundles.Count > 0)
        {
            return bundles.Exists(b => keys.Any(k => b.IsAbout(digest) && b.IsSignedBy(k)));
        }

        foreach (var (payload, signature, _) in await SignaturesAsync(request, digest, cancellationToken))
        {
            if (IsAbout(payload, digest) && keys.Any(k => k.Verifies(payload, signature)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The bundles that lie beside an artifact; what is no bundle is left out.</summary>
    /// <exception cref="SourceException">The registry cannot be read.</exception>
    public async Task<List<SigstoreBundle>> BundlesAsync(OciRequest request, string digest, CancellationToken cancellationToken)
    {
        var bundles = new List<SigstoreBundle>();
        foreach (var referrer in (await registry.ReferrersAsync(request, digest, cancellationToken)).Take(MaxSignatures))
        {
            if (referrer.GetString("artifactType")?.StartsWith(BundleType, StringComparison.Ordinal) != true || referrer.GetString("digest") is not { } at
                || await registry.FindManifestAsync(request, at, cancellationToken) is not { } manifest)
            {
                continue;
            }

            foreach (var layer in manifest.GetList("layers")?.OfType<MapValue>() ?? [])
            {
                if (layer.GetString("mediaType")?.StartsWith(BundleType, StringComparison.Ordinal) == true && layer.GetString("digest") is { } blob
                    && SigstoreBundle.Read(await registry.BlobAsync(request, blob, MaxBytes, cancellationToken)) is { } bundle)
                {
                    bundles.Add(bundle);
                }
            }
        }

        return bundles;
    }

    private async Task<List<(byte[] Payload, byte[] Signature, MapValue Annotations)>> SignaturesAsync(OciRequest request, string digest, CancellationToken cancellationToken)
    {
        var found = new List<(byte[], byte[], MapValue)>();
        if (await registry.FindManifestAsync(request, digest.Replace(':', '-') + ".sig", cancellationToken) is not { } manifest)
        {
            return found;
        }

        foreach (var layer in (manifest.GetList("layers")?.OfType<MapValue>() ?? []).Take(MaxSignatures))
        {
            var annotations = layer.GetMap("annotations") ?? [];
            if (layer.GetString("mediaType") == SimpleSigning && layer.GetString("digest") is { } blob
                && SigstoreBundle.Base64(annotations.GetString(SignatureAnnotation)) is { } signature)
            {
                found.Add((await registry.BlobAsync(request, blob, MaxBytes, cancellationToken), signature, annotations));
            }
        }

        return found;
    }

    private static bool IsAbout(byte[] payload, string digest) =>
        JsonReader.Read(payload).Result is MapValue value
        && value.GetMap("critical") is { } critical
        && critical.GetString("type") == SignatureType
        && critical.GetMap("image")?.GetString("docker-manifest-digest") == digest;
}

using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Sources.Signatures;

/// <summary>Finds and checks the signatures that Notary Project's notation makes of artifacts in a registry.</summary>
public sealed class NotationSignatures
{
    private const string ArtifactType = "application/vnd.cncf.notary.signature";
    private const string JwsType = "application/jose+json";
    private const int MostAttempts = 3;
    private const long MaxBytes = 4L * 1024 * 1024;
    private readonly OciClient _registry;
    private readonly TrustPolicy _policy;
    private readonly IReadOnlyList<byte[]> _trusted;
    private readonly TimeProvider _time;

    /// <param name="registry">Where signatures are.</param>
    /// <param name="policy">What is checked.</param>
    /// <param name="certificates">The certificates that are trusted, in PEM or DER kept as a byte string.</param>
    /// <param name="time">The clock that certificates and signatures expire by.</param>
    /// <exception cref="SignatureException">A certificate cannot be read.</exception>
    public NotationSignatures(OciClient registry, TrustPolicy policy, IEnumerable<string> certificates, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        (_registry, _policy, _time) = (registry, policy, time);
        _trusted = [.. certificates.SelectMany(CertificateText.Read)];
    }

    /// <summary>True when a signature is good, false when the policy leaves it open.</summary>
    /// <exception cref="SignatureException">None is good.</exception>
    /// <exception cref="SourceException">The registry cannot be read.</exception>
    public async Task<bool> IsVerifiedAsync(OciRequest request, string digest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var url = OciUrl.Parse(request.Url);
        var repository = $"{url.Registry}/{url.Repository}";
        var statement = _policy.For(repository);
        if (statement.IsSkipped)
        {
            return false;
        }

        var problem = "";
        var attempts = 0;
        foreach (var referrer in await _registry.ReferrersAsync(request, digest, cancellationToken))
        {
            if (referrer.GetString("artifactType") != ArtifactType || referrer.GetString("digest") is not { } at
                || await _registry.FindManifestAsync(request, at, cancellationToken) is not { } manifest
                || manifest.GetList("layers") is not { Count: 1 } layers || layers[0] is not MapValue layer)
            {
                continue;
            }

            if (++attempts > MostAttempts)
            {
                throw new SignatureException($"signature evaluation stopped. The configured limit of {MostAttempts} signatures to verify per artifact exceeded");
            }

            if (layer.GetString("mediaType") != JwsType)
            {
                problem = $"signatures of the type {layer.GetString("mediaType")} are not supported, only {JwsType} is";
                continue;
            }

            var content = await _registry.BlobAsync(request, layer.GetString("digest") ?? "", MaxBytes, cancellationToken);
            try
            {
                return NotationEnvelope.Read(content).Check(digest, statement, _trusted, _time.GetUtcNow());
            }
            catch (SignatureException e)
            {
                problem = e.Message;
            }
        }

        throw new SignatureException(attempts == 0
            ? $"no signature is associated with \"{repository}@{digest}\", make sure the artifact was signed successfully"
            : $"signature verification failed for all the signatures associated with {repository}@{digest}: {problem}");
    }
}

using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources;
using Weir.Sources.Oci;
using Weir.Sources.Signatures;

namespace Weir.Controllers;

/// <summary>Checks the signature of an artifact in a registry with what its object trusts.</summary>
internal sealed class VerifyArtifact(KubernetesClient client, OciClient registry, string space)
{
    private const string PublicKeySuffix = ".pub";
    private const string TrustedRootKey = "trusted_root.json";
    private const string TrustPolicyKey = "trustpolicy.json";

    public required string Provider { get; init; }

    public LocalReference? SecretRef { get; init; }

    public LocalReference? TrustedRootSecretRef { get; init; }

    public IReadOnlyList<OidcIdentity> Identities { get; init; } = [];

    /// <summary>The provider in the words of Flux's messages.</summary>
    public string Title => Provider == "cosign" && SecretRef is null ? "cosign keyless" : Provider;

    /// <summary>True when the artifact is verified, false when what the object trusts leaves it open.</summary>
    /// <exception cref="SignatureException">It is not; the message says why.</exception>
    public async Task<bool> RunAsync(OciRequest request, string digest, CancellationToken cancellationToken)
    {
        var url = OciUrl.Parse(request.Url);
        var name = $"{url.Registry}/{url.Repository}@{digest}";
        try
        {
            switch (Provider)
            {
                case "cosign" when SecretRef is { } keys:
                    if (!await new CosignSignatures(registry).IsSignedAsync(request, digest, await KeysAsync(keys.Name, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
                    {
                        throw new SignatureException($"no matching signatures were found for '{name}'");
                    }

                    return true;
                case "cosign":
                    await KeylessAsync(request, digest, name, cancellationToken).ConfigureAwait(false);
                    return true;
                case "notation":
                    return await NotationAsync(request, digest, name, cancellationToken).ConfigureAwait(false);
                default:
                    throw new SignatureException($"unsupported verification provider: {Provider}") { IsUnsupported = true };
            }
        }
        catch (Exception e) when (e is SourceException or ApiException)
        {
            throw new SignatureException(e.Message);
        }
    }

    private async Task<List<SignatureKey>> KeysAsync(string secret, CancellationToken cancellationToken)
    {
        var keys = new List<SignatureKey>();
        foreach (var (name, text) in await SecretReader.ReadAsync(client, space, secret, cancellationToken).ConfigureAwait(false))
        {
            if (name.EndsWith(PublicKeySuffix, StringComparison.Ordinal))
            {
                keys.Add(SignatureKey.ReadPem(text));
            }
        }

        return keys;
    }

    private async Task KeylessAsync(OciRequest request, string digest, string name, CancellationToken cancellationToken)
    {
        if (TrustedRootSecretRef is not { } reference)
        {
            throw new SignatureException("keyless verification by the public Sigstore services is not supported: name a trusted root with spec.verify.trustedRootSecretRef, or keys with spec.verify.secretRef")
            {
                IsUnsupported = true,
            };
        }

        string text;
        try
        {
            text = (await SecretReader.ReadAsync(client, space, reference.Name, cancellationToken).ConfigureAwait(false)).GetValueOrDefault(TrustedRootKey)
                ?? throw new SignatureException($"'{TrustedRootKey}' not found in secret '{space}/{reference.Name}'");
        }
        catch (ApiException e)
        {
            throw new SignatureException($"failed to read trusted root from secret '{space}/{reference.Name}': {e.Message}");
        }

        var verifier = new KeylessVerifier(TrustedRoot.Read(text), [.. Identities.Select(static i => (i.Issuer, i.Subject))]);
        var bundles = await new CosignSignatures(registry).BundlesAsync(request, digest, cancellationToken).ConfigureAwait(false);
        var problem = bundles.Count == 0 ? "no bundles were found" : "";
        foreach (var bundle in bundles)
        {
            problem = verifier.Check(bundle, digest);
            if (problem is null)
            {
                return;
            }
        }

        throw new SignatureException($"no matching signatures were found for '{name}': {problem}");
    }

    private async Task<bool> NotationAsync(OciRequest request, string digest, string name, CancellationToken cancellationToken)
    {
        if (SecretRef is not { } reference)
        {
            throw new SignatureException($"verification secret cannot be empty: '{name}'");
        }

        var data = await SecretReader.ReadAsync(client, space, reference.Name, cancellationToken).ConfigureAwait(false);
        if (!data.TryGetValue(TrustPolicyKey, out var policy))
        {
            throw new SignatureException($"'{TrustPolicyKey}' not found in secret '{space}/{reference.Name}'");
        }

        var certificates = data.Where(static d => d.Key.EndsWith(".crt", StringComparison.Ordinal) || d.Key.EndsWith(".pem", StringComparison.Ordinal)).Select(static d => d.Value).ToList();
        if (certificates.Count == 0)
        {
            throw new SignatureException($"no certificates found in secret '{space}/{reference.Name}'");
        }

        return await new NotationSignatures(registry, TrustPolicy.Read(policy), certificates, TimeProvider.System).IsVerifiedAsync(request, digest, cancellationToken).ConfigureAwait(false);
    }
}

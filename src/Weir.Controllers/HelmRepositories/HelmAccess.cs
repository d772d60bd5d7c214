using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;

namespace Weir.Controllers;

/// <summary>The credentials and certificates for a Helm repository. A mirrored one needs none.</summary>
internal static class HelmAccess
{
    /// <summary>The access, or what is wrong with the Secrets.</summary>
    public static async Task<(HttpAccess Access, string? Problem)> FindAsync(
        KubernetesClient client,
        SourceMirrors mirrors,
        HelmRepository repository,
        CancellationToken cancellationToken)
    {
        var spec = repository.Spec;
        var isOci = spec.Type == "oci" || spec.Url.StartsWith(OciUrl.Scheme, StringComparison.Ordinal);
        var access = new HttpAccess { SkipsVerification = isOci && spec.Insecure == true && spec.CertSecretRef is null };
        if (mirrors.Find(spec.Url) is not null)
        {
            return (access, null);
        }

        var space = repository.Metadata.Namespace;
        if (spec.CertSecretRef is { } certificates)
        {
            try
            {
                var data = await SecretReader.ReadAsync(client, space, certificates.Name, cancellationToken).ConfigureAwait(false);
                access = TlsSecret.Apply(data, $"{space}/{certificates.Name}", access);
            }
            catch (ApiException e)
            {
                return (access, $"failed to get TLS authentication secret '{space}/{certificates.Name}': {e.Message}");
            }
            catch (FormatException e)
            {
                return (access, $"failed to construct Helm client's TLS config: {e.Message}");
            }
        }

        if (spec.SecretRef is not { } reference)
        {
            return (access, null);
        }

        try
        {
            var data = await SecretReader.ReadAsync(client, space, reference.Name, cancellationToken).ConfigureAwait(false);
            return (Apply(data, spec, isOci, $"{space}/{reference.Name}", access), null);
        }
        catch (ApiException e)
        {
            return (access, $"failed to get authentication secret '{space}/{reference.Name}': {e.Message}");
        }
        catch (FormatException e)
        {
            return (access, $"failed to detect authentication methods: {e.Message}");
        }
    }

    private static HttpAccess Apply(Dictionary<string, string> data, HelmRepositorySpec spec, bool isOci, string secret, HttpAccess access)
    {
        if (isOci && data.TryGetValue(".dockerconfigjson", out var config))
        {
            access = DockerConfig.For(spec.Url[OciUrl.Scheme.Length..].Split('/')[0], config, access);
        }
        else if (data.TryGetValue("username", out var user) != data.TryGetValue("password", out var password))
        {
            throw new FormatException($"secret '{secret}': malformed basic auth - has '{(user is null ? "password" : "username")}' but missing '{(user is null ? "username" : "password")}'");
        }
        else if (user is not null)
        {
            access = access with { Username = user, Password = password };
        }

        // Deprecated by Flux, and still read by it: certificates in the Secret with the credentials.
        return spec.CertSecretRef is null && TlsSecret.HasCertificates(data) ? TlsSecret.Apply(data, secret, access) : access;
    }
}

using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Http;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds the credentials, the proxy and the certificates for a registry. A mirrored one needs none.</summary>
internal static class OciAccessStep
{
    private const string DockerConfigKey = ".dockerconfigjson";

    private static readonly GroupVersionKind ServiceAccount = new("", "v1", "ServiceAccount");

    public static async Task<(OciRequest? Request, SourceOutcome? Outcome)> RunAsync(
        SourceServices services,
        RemoteSources remotes,
        SourceRun run,
        OciRepository repository,
        CancellationToken cancellationToken)
    {
        var spec = repository.Spec;
        var request = new OciRequest { Url = spec.Url, Insecure = spec.Insecure == true };
        OciUrl url;
        try
        {
            url = OciUrl.Parse(spec.Url);
        }
        catch (Weir.Sources.SourceException e)
        {
            return (null, run.StallStep(ConditionTypes.FetchFailed, SourceReasons.UrlInvalid, $"URL validation failed for '{spec.Url}': {e.Message}"));
        }

        if (remotes.Mirrors.Find(spec.Url) is not null)
        {
            return (request, null);
        }

        var space = repository.Metadata.Namespace;
        var access = new HttpAccess { SkipsVerification = spec.Insecure == true && spec.CertSecretRef is null };
        List<Dictionary<string, string>> pullSecrets;
        try
        {
            pullSecrets = await PullSecretsAsync(services.Client, space, spec, cancellationToken).ConfigureAwait(false);
            foreach (var data in pullSecrets)
            {
                if (access.Username is null && access.BearerToken is null && data.TryGetValue(DockerConfigKey, out var config))
                {
                    access = DockerConfig.For(url.Registry, config, access);
                }
            }
        }
        catch (Exception e) when (e is ApiException or FormatException)
        {
            return (null, Fail(run, $"failed to get credential: {e.Message}"));
        }

        if (spec.ProxySecretRef is { } proxy)
        {
            try
            {
                access = access with { Proxy = ProxyAddress.Read(await SecretReader.ReadAsync(services.Client, space, proxy.Name, cancellationToken).ConfigureAwait(false)) };
            }
            catch (Exception e) when (e is ApiException or FormatException)
            {
                return (null, Fail(run, $"failed to get proxy address: {e.Message}"));
            }
        }

        if (spec.Provider is "aws" or "azure" or "gcp" && pullSecrets.Count == 0)
        {
            return (null, run.StallStep(
                ConditionTypes.FetchFailed,
                SourceReasons.InvalidProviderConfiguration,
                $"provider '{spec.Provider}' is not supported: cloud identities are not available here"));
        }

        if (spec.CertSecretRef is { } certificates)
        {
            try
            {
                var data = await SecretReader.ReadAsync(services.Client, space, certificates.Name, cancellationToken).ConfigureAwait(false);
                access = TlsSecret.Apply(data, $"{space}/{certificates.Name}", access);
            }
            catch (Exception e) when (e is ApiException or FormatException)
            {
                return (null, Fail(run, $"failed to generate transport for '{spec.Url}': {e.Message}"));
            }
        }

        return (request with { Access = access }, null);
    }

    private static async Task<List<Dictionary<string, string>>> PullSecretsAsync(
        KubernetesClient client,
        string space,
        OciRepositorySpec spec,
        CancellationToken cancellationToken)
    {
        var secrets = new List<Dictionary<string, string>>();
        if (spec.SecretRef is { } reference)
        {
            try
            {
                secrets.Add(await SecretReader.ReadAsync(client, space, reference.Name, cancellationToken).ConfigureAwait(false));
            }
            catch (ApiException e)
            {
                throw new FormatException($"failed to get secret '{space}/{reference.Name}': {e.Message}", e);
            }
        }

        if (!string.IsNullOrEmpty(spec.ServiceAccountName))
        {
            var account = await client.GetAsync(ServiceAccount, space, spec.ServiceAccountName, cancellationToken).ConfigureAwait(false);
            foreach (var item in account.GetList("imagePullSecrets") ?? [])
            {
                if (item is MapValue entry && entry.GetString("name") is { } name)
                {
                    secrets.Add(await SecretReader.ReadAsync(client, space, name, cancellationToken).ConfigureAwait(false));
                }
            }
        }

        return secrets;
    }

    private static SourceOutcome Fail(SourceRun run, string message) =>
        run.FailStep(ConditionTypes.FetchFailed, SourceReasons.AuthenticationFailed, message);
}

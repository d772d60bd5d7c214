using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Buckets;
using Weir.Sources.Http;

namespace Weir.Controllers;

/// <summary>Finds the credentials, the proxy and the certificates of an object storage; identities of clouds are refused by name.</summary>
internal static class BucketAccessStep
{
    public static async Task<(S3Bucket? Bucket, SourceOutcome? Outcome)> RunAsync(SourceServices services, SourceRun run, Bucket bucket, CancellationToken cancellationToken)
    {
        var spec = bucket.Spec;
        var space = bucket.Metadata.Namespace;
        if (Refusal(spec) is { } refusal)
        {
            return (null, run.StallStep(ConditionTypes.FetchFailed, SourceReasons.InvalidProviderConfiguration, refusal));
        }

        S3Credentials? credentials = null;
        var access = HttpAccess.Anonymous;
        try
        {
            if (spec.SecretRef is { } reference)
            {
                var data = await SecretReader.ReadAsync(services.Client, space, reference.Name, cancellationToken).ConfigureAwait(false);
                if (!data.TryGetValue("accesskey", out var name) || !data.TryGetValue("secretkey", out var key))
                {
                    return (null, Fail(run, $"invalid '{reference.Name}' secret data: required fields 'accesskey' and 'secretkey'"));
                }

                credentials = new(name, key);
            }

            if (spec.CertSecretRef is { } certificates)
            {
                var data = await SecretReader.ReadAsync(services.Client, space, certificates.Name, cancellationToken).ConfigureAwait(false);
                access = TlsSecret.Apply(data, $"{space}/{certificates.Name}", access);
            }

            if (spec.ProxySecretRef is { } proxy)
            {
                access = access with { Proxy = ProxyAddress.Read(await SecretReader.ReadAsync(services.Client, space, proxy.Name, cancellationToken).ConfigureAwait(false)) };
            }
        }
        catch (Exception e) when (e is ApiException or FormatException)
        {
            return (null, Fail(run, $"failed to get secret: {e.Message}"));
        }

        return (new()
        {
            Endpoint = spec.Endpoint,
            Name = spec.BucketName,
            Insecure = spec.Insecure == true,
            Region = string.IsNullOrEmpty(spec.Region) ? "us-east-1" : spec.Region,
            Credentials = credentials,
            Access = access,
        }, null);
    }

    private static string? Refusal(BucketSpec spec)
    {
        if (spec.Provider is "gcp" or "azure" || (spec.Provider == "aws" && spec.SecretRef is null))
        {
            return $"provider '{spec.Provider}' is not supported: cloud identities are not available here; storages with keys are read by the provider 'generic'";
        }

        return spec.Sts is not null ? "spec.sts is not supported: temporary credentials are not available here; use spec.secretRef"
            : !string.IsNullOrEmpty(spec.ServiceAccountName) ? "spec.serviceAccountName is not supported: cloud identities are not available here; use spec.secretRef"
            : null;
    }

    private static SourceOutcome Fail(SourceRun run, string message) => run.FailStep(ConditionTypes.FetchFailed, SourceReasons.AuthenticationFailed, message);
}

using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Git;

namespace Weir.Controllers;

/// <summary>Finds the credentials and the proxy for a repository.</summary>
internal static class GitCredentialsStep
{
    public static async Task<(GitCredentials? Credentials, SourceOutcome? Outcome)> RunAsync(
        SourceServices services,
        SourceRun run,
        GitRepository repository,
        CancellationToken cancellationToken)
    {
        var space = repository.Metadata.Namespace;
        string? proxy = null;
        if (repository.Spec.ProxySecretRef is { } proxyReference)
        {
            try
            {
                proxy = ProxyAddress.Read(await SecretReader.ReadAsync(services.Client, space, proxyReference.Name, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception e) when (e is ApiException or FormatException)
            {
                return (null, Fail(run, $"failed to configure proxy options: {e.Message}"));
            }
        }

        switch (repository.Spec.Provider)
        {
            case "aws" or "azure":
                return (null, Stall(run, $"provider '{repository.Spec.Provider}' is not supported: cloud identities are not available here"));
            case "github":
                return (null, Stall(run, repository.Spec.SecretRef is null
                    ? "secretRef with github app data must be specified when provider is set to github"
                    : "provider 'github' is not supported: GitHub Apps are not available here"));
            default:
                break;
        }

        if (!Uri.TryCreate(repository.Spec.Url, UriKind.Absolute, out _))
        {
            const string reason = SourceReasons.UrlInvalid;
            var message = $"failed to parse url '{repository.Spec.Url}'";
            run.Fail(ConditionTypes.FetchFailed, reason, message);
            return (null, SourceOutcome.Stalled(reason, message));
        }

        if (repository.Spec.SecretRef is not { } reference)
        {
            return (proxy is null ? null : new GitCredentials { Proxy = proxy }, null);
        }

        Dictionary<string, string> data;
        try
        {
            data = await SecretReader.ReadAsync(services.Client, space, reference.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            return (null, Fail(run, $"failed to get secret '{space}/{reference.Name}': failed to get secret '{space}/{reference.Name}': {e.Message}"));
        }

        if (data.ContainsKey("githubAppID"))
        {
            const string reason = SourceReasons.InvalidProviderConfiguration;
            var message = $"secretRef '{space}/{reference.Name}' has github app data but provider is not set to github";
            run.Fail(ConditionTypes.FetchFailed, reason, message);
            return (null, SourceOutcome.Failed(reason, message));
        }

        var isSsh = repository.Spec.Url.StartsWith("ssh://", StringComparison.Ordinal);
        if (isSsh && !data.ContainsKey("identity"))
        {
            return (null, Fail(run, "failed to configure authentication options: invalid 'ssh' auth option: 'identity' is required"));
        }

        if (isSsh && !data.ContainsKey("known_hosts"))
        {
            return (null, Fail(run, "failed to configure authentication options: invalid 'ssh' auth option: 'known_hosts' is required"));
        }

        return (
            new GitCredentials
            {
                Username = data.GetValueOrDefault("username"),
                Password = data.GetValueOrDefault("password"),
                BearerToken = data.GetValueOrDefault("bearerToken"),
                CertificateAuthority = data.GetValueOrDefault("ca.crt") ?? data.GetValueOrDefault("caFile"),
                ClientCertificate = data.GetValueOrDefault("tls.crt"),
                ClientKey = data.GetValueOrDefault("tls.key"),
                Identity = data.GetValueOrDefault("identity"),
                KnownHosts = data.GetValueOrDefault("known_hosts"),
                Proxy = proxy,
            },
            null);
    }

    private static SourceOutcome Fail(SourceRun run, string message)
    {
        run.Fail(ConditionTypes.FetchFailed, SourceReasons.AuthenticationFailed, message);
        return SourceOutcome.Failed(SourceReasons.AuthenticationFailed, message);
    }

    private static SourceOutcome Stall(SourceRun run, string message)
    {
        run.Fail(ConditionTypes.FetchFailed, SourceReasons.InvalidProviderConfiguration, message);
        return SourceOutcome.Stalled(SourceReasons.InvalidProviderConfiguration, message);
    }
}

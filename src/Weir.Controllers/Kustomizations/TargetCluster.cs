using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The client that applies: the controller's own, another user, or another cluster.</summary>
internal static class TargetCluster
{
    /// <summary>The client, or <see langword="null"/> when it cannot be made; the run's condition says why.</summary>
    public static async Task<KubernetesClient?> ForAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(
                run.Services.Client,
                run.Space,
                run.Spec.KubeConfig,
                Account(run.Spec.ServiceAccountName, run.Services.DefaultServiceAccount),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TargetClusterException e)
        {
            run.Fail(Reasons.ReconciliationFailed, $"failed to build kube client: {e.Message}");
            return null;
        }
    }

    public static string Account(string? wanted, string fallback) => string.IsNullOrEmpty(wanted) ? fallback : wanted;

    /// <summary>The client for an object's settings. Throws <see cref="TargetClusterException"/>.</summary>
    public static async Task<KubernetesClient> OpenAsync(
        KubernetesClient client,
        string space,
        KubeConfigReference? kubeConfig,
        string account,
        CancellationToken cancellationToken)
    {
        if (kubeConfig?.SecretRef is { } reference)
        {
            client = await FromSecretAsync(client, space, reference, cancellationToken).ConfigureAwait(false);
        }

        return account.Length == 0 ? client : client.Impersonating($"system:serviceaccount:{space}:{account}");
    }

    private static async Task<KubernetesClient> FromSecretAsync(
        KubernetesClient client,
        string space,
        SecretKeyReference reference,
        CancellationToken cancellationToken)
    {
        Dictionary<string, string> data;
        try
        {
            data = await SecretReader.ReadAsync(client, space, reference.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            throw new TargetClusterException($"unable to read KubeConfig secret '{space}/{reference.Name}' error: {e.Message}");
        }

        var text = string.IsNullOrEmpty(reference.Key)
            ? data.GetValueOrDefault("value") ?? data.GetValueOrDefault("value.yaml")
            : data.GetValueOrDefault(reference.Key);
        if (text is null)
        {
            throw new TargetClusterException(
                $"KubeConfig secret '{space}/{reference.Name}' does not contain a '{(string.IsNullOrEmpty(reference.Key) ? "value" : reference.Key)}' key with data");
        }

        // As in Flux, a tenant's kubeconfig does not switch off TLS.
        // Files of this machine are none of a tenant's business: every path in the text is refused.
        var parsed = KubeConfigReader.Read(text, directory: null);
        return parsed.TryGet(out var connection)
            ? new KubernetesClient(connection with { InsecureSkipTlsVerify = false })
            : throw new TargetClusterException(parsed.Diagnostics.First(static d => d.Severity == Severity.Error).Message);
    }
}

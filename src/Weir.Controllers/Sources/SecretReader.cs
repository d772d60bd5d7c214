using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Reads the data of Secrets and ConfigMaps.</summary>
internal static class SecretReader
{
    public static GroupVersionKind Secret { get; } = new("", "v1", "Secret");

    public static GroupVersionKind ConfigMap { get; } = new("", "v1", "ConfigMap");

    /// <summary>The decoded data of a Secret, as Go strings that keep every byte. Throws when it does not exist.</summary>
    public static async Task<Dictionary<string, string>> ReadAsync(KubernetesClient client, string space, string name, CancellationToken cancellationToken) =>
        ObjectData.OfSecret(await client.GetAsync(Secret, space, name, cancellationToken).ConfigureAwait(false));
}

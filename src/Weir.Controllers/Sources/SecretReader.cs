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
        Decode(await client.GetAsync(Secret, space, name, cancellationToken).ConfigureAwait(false));

    /// <summary>The decoded data of a Secret.</summary>
    public static Dictionary<string, string> Decode(MapValue secret)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in secret.GetMap("data") ?? [])
        {
            if (value is StringValue text)
            {
                data[key] = GoString.FromBytes(Convert.FromBase64String(text.Value));
            }
        }

        return data;
    }

    /// <summary>The texts of a ConfigMap; binary data is left out, as Flux does.</summary>
    public static Dictionary<string, string> Texts(MapValue configMap)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in configMap.GetMap("data") ?? [])
        {
            if (value is StringValue text)
            {
                data[key] = text.Value;
            }
        }

        return data;
    }
}

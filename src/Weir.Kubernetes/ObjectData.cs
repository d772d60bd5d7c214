using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The texts that ConfigMaps and Secrets hold, as Go strings that keep every byte.</summary>
public static class ObjectData
{
    /// <summary>The decoded data of a Secret. Throws <see cref="FormatException"/> when it is no Base64.</summary>
    public static Dictionary<string, string> OfSecret(MapValue secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Read(secret, static text => GoString.FromBytes(Convert.FromBase64String(text)));
    }

    /// <summary>The texts of a ConfigMap; binary data is left out, as Flux does.</summary>
    public static Dictionary<string, string> OfConfigMap(MapValue configMap)
    {
        ArgumentNullException.ThrowIfNull(configMap);
        return Read(configMap, static text => text);
    }

    private static Dictionary<string, string> Read(MapValue value, Func<string, string> decode)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, item) in value.GetMap("data") ?? [])
        {
            if (item is StringValue text)
            {
                data[key] = decode(text.Value);
            }
        }

        return data;
    }
}

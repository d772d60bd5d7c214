using System.Security.Cryptography;
using System.Text;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Transformers;

/// <summary>The ten letters that kustomize appends to the names of generated objects.</summary>
internal static class ContentHash
{
    /// <summary>The hash of an object's content; of ConfigMaps and Secrets only what counts.</summary>
    public static string Of(Resource resource)
    {
        var encoded = resource.Kind switch
        {
            "ConfigMap" => Encode(resource, ["metadata/name", "data", "binaryData"], "binaryData"),
            "Secret" => Encode(resource, ["type", "metadata/name", "data", "stringData"], "stringData"),
            _ => throw new BuildFailure(
                $"a hash suffix for {resource.CurrentId} is not supported: only ConfigMaps and Secrets have one", resource.Object.Span)
            {
                Code = "kustomize-hash",
            },
        };
        return OfText(encoded);
    }

    /// <summary>The hash of a text.</summary>
    public static string OfText(string text)
    {
        var hex = Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(text)));
        var result = new StringBuilder(10);
        foreach (var c in hex.AsSpan(0, 10))
        {
            result.Append(c switch
            {
                '0' => 'g',
                '1' => 'h',
                '3' => 'k',
                'a' => 'm',
                'e' => 't',
                _ => c,
            });
        }

        return result.ToString();
    }

    /// <summary>The JSON whose hash is taken.</summary>
    public static string Encode(Resource resource)
    {
        return resource.Kind == "Secret"
            ? Encode(resource, ["type", "metadata/name", "data", "stringData"], "stringData")
            : Encode(resource, ["metadata/name", "data", "binaryData"], "binaryData");
    }

    private static string Encode(Resource resource, ReadOnlySpan<string> fields, string optional)
    {
        var result = new MapValue { ["kind"] = resource.Kind };
        foreach (var field in fields)
        {
            // kustomize looks for a field that is itself called metadata/name, so that the name is always empty.
            var value = resource.Object[field];
            var key = field == "metadata/name" ? "name" : field;
            var content = value switch
            {
                null => StringValue.Empty,
                MapValue or ListValue => NodeSettling.ToPlainCopy(value),
                _ => new StringValue(Scalar.Text(value)),
            };
            if (field != optional || content is MapValue)
            {
                result[key] = content;
            }
        }

        return JsonWriter.Write(result);
    }
}

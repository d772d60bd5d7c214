using System.Text;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>What the generators of ConfigMaps and Secrets have in common.</summary>
internal static class DataGenerating
{
    private const int Base64LineLength = 70;

    public static MapValue NewObject(string kind, MapValue config)
    {
        var name = config.Text("name");
        if (name.Length == 0)
        {
            throw new BuildFailure("a configmap must have a name", config.Span, "give the generator a name") { Code = "kustomize-generator" };
        }

        var metadata = new MapValue { ["name"] = name };
        if (config.Text("namespace") is { Length: > 0 } space)
        {
            metadata["namespace"] = space;
        }

        return new MapValue { Span = config.Span, ["apiVersion"] = "v1", ["kind"] = kind, ["metadata"] = metadata };
    }

    /// <summary>The resource of a generated object, with the labels, annotations and switches of its options.</summary>
    public static Resource Finish(MapValue value, MapValue config, BuildContext context)
    {
        var options = config.GetMap("options");
        if (options is not null)
        {
            var metadata = (MapValue)value["metadata"]!;
            foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
            {
                foreach (var (key, text) in options.StringMap(field))
                {
                    Node.RequireStringKey(key, config.Span);
                    Node.GetOrCreateMap(metadata, field)[key] = text;
                }
            }

            if (options.Flag("immutable"))
            {
                value["immutable"] = true;
            }
        }

        return new Resource(value, context.Schema)
        {
            NeedsHash = options is null || !options.Flag("disableNameSuffixHash"),
            Behavior = config.Text("behavior"),
        };
    }

    /// <summary>Puts texts into <c>data</c>, and what is no UTF-8 into <c>binaryData</c>.</summary>
    public static void SetData(MapValue value, IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (key, text) in pairs)
        {
            Node.RequireStringKey(key, value.Span);
            var isText = GoString.IsValidUtf8(text);
            Node.GetOrCreateMap(value, isText ? "data" : "binaryData")[key] = isText ? text : Base64(text);
        }
    }

    /// <summary>Base64 in lines of 70 letters when it is longer than one.</summary>
    public static string Base64(string text)
    {
        var encoded = Convert.ToBase64String(GoString.ToBytes(text));
        if (encoded.Length < Base64LineLength)
        {
            return encoded;
        }

        var result = new StringBuilder(encoded.Length + (encoded.Length / Base64LineLength) + 1);
        for (var i = 0; i < encoded.Length; i += Base64LineLength)
        {
            result.Append(encoded, i, Math.Min(Base64LineLength, encoded.Length - i)).Append('\n');
        }

        return result.ToString();
    }
}

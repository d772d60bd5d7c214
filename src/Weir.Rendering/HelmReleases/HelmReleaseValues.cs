using System.Security.Cryptography;
using Weir.Flux;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>The values of a HelmRelease: its references in order, then the inline values, as fluxcd/pkg chartutil composes them.</summary>
public static class HelmReleaseValues
{
    /// <summary>The composed values, with every number a float as Helm reads them; or what is wrong with a reference.</summary>
    /// <param name="inline"><c>spec.values</c>, or <see langword="null"/>.</param>
    /// <param name="references">The references whose objects were found, in order.</param>
    /// <param name="space">The namespace, for messages.</param>
    public static Parsed<MapValue> Compose(Value? inline, IReadOnlyList<ResolvedValues> references, string space)
    {
        ArgumentNullException.ThrowIfNull(references);
        var own = ToFloats(inline as MapValue);
        var result = new MapValue();
        foreach (var (reference, text) in references)
        {
            if (!string.IsNullOrEmpty(reference.TargetPath))
            {
                // The path is laid over the inline values too, which is why they are merged in already here.
                result = ValuesMerge.Merge(result, own.DeepClone());
                if (Set(result, reference, text) is { } mistake)
                {
                    return Failed(Describe(reference, space, mistake));
                }

                continue;
            }

            var read = ValuesReader.Read(text, $"{reference.Kind} {space}/{reference.Name} {Key(reference)}");
            if (!read.TryGet(out var values))
            {
                return Failed(Describe(reference, space, WithoutPrefix(read.Diagnostics.First(static d => d.Severity == Severity.Error).Message)));
            }

            result = ValuesMerge.Merge(result, values);
        }

        return new(ValuesMerge.Merge(result, own));
    }

    /// <summary>Flux's words for a reference that cannot be used.</summary>
    public static string Describe(ValuesReference reference, string space, string reason)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return $"could not resolve{(reference.Optional == true ? " optional" : "")} {reference.Kind} chart values reference "
            + $"'{space}/{reference.Name}' with key '{Key(reference)}': {reason}";
    }

    /// <summary>The key that a reference reads.</summary>
    public static string Key(ValuesReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return string.IsNullOrEmpty(reference.ValuesKey) ? "values.yaml" : reference.ValuesKey;
    }

    /// <summary>The checksum of values, over their sorted YAML; that of nothing for no values.</summary>
    public static string Digest(MapValue values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = values.Count == 0 ? "" : YamlWriter.Write(values);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(text)));
    }

    private static string? Set(MapValue values, ValuesReference reference, string text)
    {
        if (reference.Literal == true)
        {
            var escaped = text
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace(",", "\\,", StringComparison.Ordinal)
                .Replace("[", "\\[", StringComparison.Ordinal)
                .Replace("]", "\\]", StringComparison.Ordinal)
                .Replace("{", "\\{", StringComparison.Ordinal)
                .Replace("}", "\\}", StringComparison.Ordinal);
            return StringValues.ParseString($"{reference.TargetPath}={escaped}", values);
        }

        var isQuoted = (text.StartsWith('\'') && text.EndsWith('\'')) || (text.StartsWith('"') && text.EndsWith('"'));
        return isQuoted
            ? StringValues.ParseString($"{reference.TargetPath}={text.Trim('\'', '"')}", values)
            : StringValues.Parse($"{reference.TargetPath}={text}", values);
    }

    // Flux reads one document where Helm's command line reads a stream.
    private static string WithoutPrefix(string message)
    {
        const string prefix = "cannot unmarshal yaml document: ";
        return message.StartsWith(prefix, StringComparison.Ordinal) ? message[prefix.Length..] : message;
    }

    private static MapValue ToFloats(MapValue? values) =>
        values is not null && JsonReader.Read(JsonWriter.WriteUtf8(values), numbersAsFloat: true).Result is MapValue floats
            ? (MapValue)Spans.Take(floats, values)
            : [];

    private static Parsed<MapValue> Failed(string message) => new(null, [Diagnostic.Error("helm-values", message)]);
}

using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Oci;

/// <summary>What a manifest says.</summary>
internal static class OciManifest
{
    /// <exception cref="SourceException">It is no manifest.</exception>
    public static MapValue Read(byte[] content)
    {
        var parsed = JsonReader.Read(content);
        return parsed.Result as MapValue
            ?? throw new SourceException($"failed to parse artifact manifest: {(parsed.Diagnostics.Count > 0 ? parsed.Diagnostics[0].Message : "no object")}", SourceFailure.Damaged);
    }

    /// <summary>Of an index, the manifest for linux/amd64 or else its first; <see langword="null"/> when this is no index.</summary>
    public static string? PlatformDigest(MapValue manifest)
    {
        if (manifest.GetList("manifests") is not { Count: > 0 } manifests)
        {
            return null;
        }

        string? first = null;
        foreach (var item in manifests.OfType<MapValue>())
        {
            var digest = item.GetString("digest");
            first ??= digest;
            if (item.At("platform", "os") is StringValue { Value: "linux" } && item.At("platform", "architecture") is StringValue { Value: "amd64" })
            {
                return digest;
            }
        }

        return first;
    }

    /// <summary>The first layer of a media type, or the first of all.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public static (string Digest, string MediaType) SelectLayer(MapValue manifest, string? mediaType)
    {
        if (manifest.GetList("layers") is not { Count: > 0 } layers)
        {
            throw new SourceException("no layers found in artifact", SourceFailure.NoLayer);
        }

        foreach (var layer in layers.OfType<MapValue>())
        {
            var type = layer.GetString("mediaType") ?? "";
            if ((mediaType is null || type == mediaType) && layer.GetString("digest") is { } digest)
            {
                return (digest, type);
            }
        }

        throw new SourceException($"failed to find layer with media type '{mediaType}' in artifact", SourceFailure.NoLayer);
    }

    public static IReadOnlyDictionary<string, string> Annotations(MapValue manifest)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in manifest.GetMap("annotations") ?? [])
        {
            annotations[key] = value.ToString() ?? "";
        }

        return annotations;
    }
}

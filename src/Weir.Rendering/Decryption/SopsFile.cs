using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>Files that SOPS encrypted, in the formats that Flux knows: YAML, JSON, dotenv, and anything else in a JSON envelope.</summary>
internal static class SopsFile
{
    private const string EnvironmentPrefix = "sops_";

    /// <summary>The plain content; <see langword="null"/> when the file is not encrypted.</summary>
    /// <param name="path">The file, for its format and for messages.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="identities">The keys that may open it.</param>
    /// <param name="problem">What is wrong, without any value.</param>
    public static byte[]? Decrypt(string path, ReadOnlyMemory<byte> content, IReadOnlyList<AgeIdentity> identities, out string? problem)
    {
        problem = null;
        if (content.Span.IndexOf("sops"u8) < 0 || content.Span.IndexOf("ENC[AES256_GCM,"u8) < 0)
        {
            return null;
        }

        var text = GoString.FromBytes(content.Span);
        if (ReadTree(text) is { } tree && SopsDocument.IsEncrypted(tree))
        {
            return DecryptTree(path, tree, identities, out problem);
        }

        return text.Contains($"\n{EnvironmentPrefix}mac=", StringComparison.Ordinal) ? DecryptEnvironment(text, identities, out problem) : null;
    }

    private static MapValue? ReadTree(string text) =>
        text.TrimStart().StartsWith('{') && JsonReader.Read(text).TryGet(out var json) ? json as MapValue
        : YamlReader.Read(text, new()).TryGet(out var yaml) ? yaml as MapValue
        : null;

    private static byte[]? DecryptTree(string path, MapValue tree, IReadOnlyList<AgeIdentity> identities, out string? problem)
    {
        problem = SopsDocument.Decrypt(tree, identities, checksWhole: true);
        if (problem is not null)
        {
            return null;
        }

        var isText = path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);
        var isJson = path.EndsWith(".json", StringComparison.Ordinal);
        if (!isText && !isJson && tree is { Count: 1 } && tree.GetString("data") is { } data)
        {
            return GoString.ToBytes(data);
        }

        return GoString.ToBytes(isJson ? JsonWriter.Write(tree, new() { KeepOrder = true }) : YamlWriter.Write(tree));
    }

    // NAME=VALUE lines; the metadata is flattened into names, as in sops_age__list_0__map_enc.
    private static byte[]? DecryptEnvironment(string text, IReadOnlyList<AgeIdentity> identities, out string? problem)
    {
        var document = new MapValue();
        var metadata = new MapValue();
        var names = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || line[0] == '#')
            {
                continue;
            }

            var (name, value) = (line[..equals], line[(equals + 1)..].Replace("\\n", "\n", StringComparison.Ordinal));
            if (name.StartsWith(EnvironmentPrefix, StringComparison.Ordinal))
            {
                Unflatten(metadata, name[EnvironmentPrefix.Length..], value);
            }
            else
            {
                document[name] = value;
                names.Add(name);
            }
        }

        document[SopsDocument.Field] = metadata;
        problem = SopsDocument.Decrypt(document, identities, checksWhole: true);
        return problem is null
            ? GoString.ToBytes(string.Concat(names.Select(n => $"{n}={document.GetString(n)?.Replace("\n", "\\n", StringComparison.Ordinal)}\n")))
            : null;
    }

    private static void Unflatten(MapValue target, string name, string value)
    {
        const string ListMark = "__list_";
        const string MapMark = "__map_";
        var list = name.IndexOf(ListMark, StringComparison.Ordinal);
        if (list < 0)
        {
            target[name] = value switch { "true" => true, "false" => false, _ => value };
            return;
        }

        var rest = name[(list + ListMark.Length)..];
        var map = rest.IndexOf(MapMark, StringComparison.Ordinal);
        if (map < 0 || !int.TryParse(rest[..map], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > 100)
        {
            return;
        }

        if (target.GetList(name[..list]) is not { } items)
        {
            items = [];
            target[name[..list]] = items;
        }

        while (items.Count <= index)
        {
            items.Add(new MapValue());
        }

        Unflatten((MapValue)items[index], rest[(map + MapMark.Length)..], value);
    }
}

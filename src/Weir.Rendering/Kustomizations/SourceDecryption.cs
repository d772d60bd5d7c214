using Weir.Values;
using Weir.Yaml;

namespace Weir.Rendering;

/// <summary>
/// Decrypts the files that a kustomization, its bases and its components read: files and env files of secret generators, and
/// patches. As kustomize-controller 1.9; what objects hold is decrypted after the build.
/// </summary>
internal sealed class SourceDecryption
{
    private readonly IFileTree _tree;
    private readonly Func<string, ReadOnlyMemory<byte>, Parsed<DecryptedFile>> _decrypt;
    private readonly List<Diagnostic> _diagnostics;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _plain = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private SourceDecryption(
        IFileTree tree, Func<string, ReadOnlyMemory<byte>, Parsed<DecryptedFile>> decrypt, List<Diagnostic> diagnostics)
    {
        _tree = tree;
        _decrypt = decrypt;
        _diagnostics = diagnostics;
    }

    /// <summary>The tree with plain files in place of encrypted ones. Mistakes go to <paramref name="diagnostics"/>.</summary>
    public static IFileTree Run(
        IFileTree tree,
        string folder,
        Func<string, ReadOnlyMemory<byte>, Parsed<DecryptedFile>> decrypt,
        List<Diagnostic> diagnostics)
    {
        var decryption = new SourceDecryption(tree, decrypt, diagnostics);
        decryption.Visit(folder);
        return decryption._plain.Count == 0 ? tree : new OverlayFileTree(tree, decryption._plain);
    }

    private void Visit(string folder)
    {
        // What cannot be read is told by the build.
        if (!_seen.Add(folder + "/") || KustomizationFileGenerator.FindFile(_tree, folder) is not { } path
            || YamlReader.Read(GoString.FromBytes(_tree.TryRead(path)!.Value.Span)).Result is not MapValue file)
        {
            return;
        }

        foreach (var generator in Maps(file, "secretGenerator"))
        {
            foreach (var source in Texts(generator, "files"))
            {
                Decrypt(folder, source[(source.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }

            foreach (var source in Texts(generator, "envs").Append(generator.GetString("env") ?? ""))
            {
                Decrypt(folder, source);
            }
        }

        foreach (var patch in Maps(file, "patches").Concat(Maps(file, "patchesJson6902")))
        {
            Decrypt(folder, patch.GetString("path") ?? "");
        }

        foreach (var patch in Texts(file, "patchesStrategicMerge"))
        {
            Decrypt(folder, patch);
        }

        foreach (var used in Texts(file, "resources").Concat(Texts(file, "bases")).Concat(Texts(file, "components")))
        {
            if (FilePath.Combine(folder, used) is { } below && _tree.Resolve(below) is { } real && _tree.DirectoryExists(real))
            {
                Visit(real);
            }
        }
    }

    private void Decrypt(string folder, string source)
    {
        if (source.Length == 0 || source.Contains('\n', StringComparison.Ordinal) || FilePath.Combine(folder, source) is not { } path
            || !_seen.Add(path) || !_tree.FileExists(path) || _tree.TryRead(path) is not { } content)
        {
            return;
        }

        var decrypted = _decrypt(path, content);
        foreach (var diagnostic in decrypted.Diagnostics)
        {
            _diagnostics.Add(diagnostic with
            {
                Message = $"error decrypting sources: {diagnostic.Message}",
                Span = diagnostic.Span.IsKnown ? diagnostic.Span : new(path, 1, 1),
            });
        }

        if (decrypted.TryGet(out var file) && !file.Content.Span.SequenceEqual(content.Span))
        {
            _plain[path] = file.Content;
        }
    }

    private static IEnumerable<MapValue> Maps(MapValue map, string name) => (map.GetList(name) ?? []).OfType<MapValue>();

    private static IEnumerable<string> Texts(MapValue map, string name) =>
        (map.GetList(name) ?? []).OfType<StringValue>().Select(static t => t.Value);
}

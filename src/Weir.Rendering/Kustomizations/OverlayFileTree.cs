using Weir.Values;

namespace Weir.Rendering;

/// <summary>A file tree in which some files are added or replaced.</summary>
internal sealed class OverlayFileTree(IFileTree tree, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) : IFileTree
{
    public bool FileExists(string path) => files.ContainsKey(path) || tree.FileExists(path);

    public bool DirectoryExists(string path) => tree.DirectoryExists(path);

    public ReadOnlyMemory<byte>? TryRead(string path) => files.TryGetValue(path, out var content) ? content : tree.TryRead(path);

    public IReadOnlyList<FileTreeEntry> List(string directory)
    {
        List<FileTreeEntry>? merged = null;
        var listed = tree.List(directory);
        foreach (var path in files.Keys)
        {
            if (FilePath.Directory(path) == directory && !tree.FileExists(path))
            {
                merged ??= [.. listed];
                merged.Add(new(FilePath.Name(path), IsDirectory: false));
            }
        }

        merged?.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return merged ?? listed;
    }

    public string? Resolve(string path) => files.ContainsKey(path) && !tree.FileExists(path) ? path : tree.Resolve(path);
}

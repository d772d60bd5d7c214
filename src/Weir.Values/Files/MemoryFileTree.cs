using System.Text;

namespace Weir.Values;

/// <summary>A file tree held in memory. Directories exist through the files below them.</summary>
public sealed class MemoryFileTree : IFileTree
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);
    private readonly FileTreeIndex _directories;

    /// <summary>A tree of these files. Throws <see cref="ArgumentException"/> for a path that is not canonical or stands twice.</summary>
    public MemoryFileTree(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files)
    {
        foreach (var (path, content) in files)
        {
            if (path.Length == 0 || !string.Equals(FilePath.Combine("", path), path, StringComparison.Ordinal))
            {
                throw new ArgumentException($"'{path}' is not a canonical path.", nameof(files));
            }

            if (!_files.TryAdd(path, content))
            {
                throw new ArgumentException($"'{path}' stands twice.", nameof(files));
            }
        }

        _directories = new FileTreeIndex(_files.Keys);
    }

    /// <summary>A tree of these texts in UTF-8.</summary>
    public static MemoryFileTree FromText(IEnumerable<KeyValuePair<string, string>> files) =>
        new(files.Select(f => KeyValuePair.Create<string, ReadOnlyMemory<byte>>(f.Key, Encoding.UTF8.GetBytes(f.Value))));

    /// <summary>The paths of all files, in no particular order.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    public bool FileExists(string path) => _files.ContainsKey(path);

    public bool DirectoryExists(string path) => _directories.Contains(path);

    public ReadOnlyMemory<byte>? TryRead(string path) =>
        _files.TryGetValue(path, out var content) ? (ReadOnlyMemory<byte>?)content : null;

    public IReadOnlyList<FileTreeEntry> List(string directory) => _directories.List(directory);

    public string? Resolve(string path) => FileExists(path) || DirectoryExists(path) ? path : null;
}

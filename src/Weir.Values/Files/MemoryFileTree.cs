using System.Text;

namespace Weir.Values;

/// <summary>A file tree held in memory. Directories exist through the files below them.</summary>
public sealed class MemoryFileTree : IFileTree
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FileTreeEntry>> _directories = new(StringComparer.Ordinal) { [""] = [] };

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

            AddToDirectory(path, isDirectory: false);
        }

        foreach (var entries in _directories.Values)
        {
            entries.Sort((a, b) => GoString.Compare(a.Name, b.Name));
        }
    }

    /// <summary>A tree of these texts in UTF-8.</summary>
    public static MemoryFileTree FromText(IEnumerable<KeyValuePair<string, string>> files) =>
        new(files.Select(f => KeyValuePair.Create<string, ReadOnlyMemory<byte>>(f.Key, Encoding.UTF8.GetBytes(f.Value))));

    /// <summary>The paths of all files, in no particular order.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    public bool FileExists(string path) => _files.ContainsKey(path);

    public bool DirectoryExists(string path) => _directories.ContainsKey(path);

    public ReadOnlyMemory<byte>? TryRead(string path) =>
        _files.TryGetValue(path, out var content) ? (ReadOnlyMemory<byte>?)content : null;

    public IReadOnlyList<FileTreeEntry> List(string directory) =>
        _directories.TryGetValue(directory, out var entries) ? entries : [];

    public string? Resolve(string path) => FileExists(path) || DirectoryExists(path) ? path : null;

    private void AddToDirectory(string path, bool isDirectory)
    {
        var directory = FilePath.Directory(path);
        var isNew = !_directories.TryGetValue(directory, out var entries);
        entries ??= _directories[directory] = [];
        entries.Add(new FileTreeEntry(FilePath.Name(path), isDirectory));
        if (isNew)
        {
            AddToDirectory(directory, isDirectory: true);
        }
    }
}

namespace Weir.Values;

/// <summary>The directories that a list of file paths makes, with what each holds. The root is always there.</summary>
public sealed class FileTreeIndex
{
    private readonly Dictionary<string, List<FileTreeEntry>> _directories = new(StringComparer.Ordinal) { [""] = [] };

    /// <param name="files">Canonical paths, each once.</param>
    public FileTreeIndex(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var file in files)
        {
            Add(file, isDirectory: false);
        }

        foreach (var entries in _directories.Values)
        {
            entries.Sort(static (a, b) => GoString.Compare(a.Name, b.Name));
        }
    }

    public bool Contains(string directory) => _directories.ContainsKey(directory);

    /// <summary>What a directory holds, ordered bytewise by name; empty when there is no such directory.</summary>
    public IReadOnlyList<FileTreeEntry> List(string directory) => _directories.GetValueOrDefault(directory) ?? [];

    private void Add(string path, bool isDirectory)
    {
        var directory = FilePath.Directory(path);
        var isNew = !_directories.TryGetValue(directory, out var entries);
        entries ??= _directories[directory] = [];
        entries.Add(new FileTreeEntry(FilePath.Name(path), isDirectory));
        if (isNew)
        {
            Add(directory, isDirectory: true);
        }
    }
}

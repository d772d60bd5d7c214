using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>A tree without the files that a source's ignore rules keep out of its artifact.</summary>
internal sealed class IgnoringFileTree(IFileTree tree, IgnorePatterns patterns) : IFileTree
{
    public bool FileExists(string path) => tree.FileExists(path) && !IsExcluded(path, isDirectory: false);

    public bool DirectoryExists(string path) => tree.DirectoryExists(path) && !IsExcluded(path, isDirectory: true);

    public ReadOnlyMemory<byte>? TryRead(string path) => IsExcluded(path, isDirectory: false) ? null : tree.TryRead(path);

    public IReadOnlyList<FileTreeEntry> List(string directory)
    {
        var entries = tree.List(directory);
        foreach (var entry in entries)
        {
            if (patterns.IsExcluded(Join(directory, entry.Name), entry.IsDirectory))
            {
                return [.. entries.Where(e => !patterns.IsExcluded(Join(directory, e.Name), e.IsDirectory))];
            }
        }

        return entries;
    }

    public string? Resolve(string path) => tree.Resolve(path);

    private bool IsExcluded(string path, bool isDirectory)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            if (patterns.IsExcluded(path[..slash], isDirectory: true))
            {
                return true;
            }
        }

        return path.Length > 0 && patterns.IsExcluded(path, isDirectory);
    }

    private static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";
}

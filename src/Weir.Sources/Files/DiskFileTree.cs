using Weir.Values;

namespace Weir.Sources.Files;

/// <summary>
/// A directory on disk as a file tree. Links inside are followed as far as they stay inside the root; a link that leads out,
/// or round in a circle, does not exist. The files must not change while the tree is in use.
/// </summary>
public sealed class DiskFileTree : IFileTree
{
    private const int MaxLinks = 40;

    private readonly string _root;

    /// <param name="root">The directory; it need not exist, an absent one is an empty tree.</param>
    public DiskFileTree(string root)
    {
        var full = Path.GetFullPath(root);
        _root = Path.TrimEndingDirectorySeparator(full);
    }

    /// <summary>The root on disk.</summary>
    public string Root => _root;

    public bool FileExists(string path) => Locate(path) is { } found && File.Exists(OnDisk(found));

    public bool DirectoryExists(string path) => Locate(path) is { } found && Directory.Exists(OnDisk(found));

    public ReadOnlyMemory<byte>? TryRead(string path)
    {
        if (Locate(path) is not { } found)
        {
            return null;
        }

        // Not a conditional expression: there null would become an empty memory.
        var file = OnDisk(found);
        if (!File.Exists(file))
        {
            return null;
        }

        return File.ReadAllBytes(file);
    }

    public IReadOnlyList<FileTreeEntry> List(string directory)
    {
        if (Locate(directory) is not { } found || !Directory.Exists(OnDisk(found)))
        {
            return [];
        }

        var entries = new List<FileTreeEntry>();
        foreach (var entry in new DirectoryInfo(OnDisk(found)).EnumerateFileSystemInfos())
        {
            var isDirectory = entry is DirectoryInfo;
            if (entry.LinkTarget is not null)
            {
                var path = found.Length == 0 ? entry.Name : $"{found}/{entry.Name}";
                if (Locate(path) is not { } target)
                {
                    continue;
                }

                isDirectory = Directory.Exists(OnDisk(target));
            }

            entries.Add(new FileTreeEntry(entry.Name, isDirectory));
        }

        entries.Sort((a, b) => GoString.Compare(a.Name, b.Name));
        return entries;
    }

    public string? Resolve(string path) => Locate(path) is { } found && Path.Exists(OnDisk(found)) ? found : null;

    /// <summary>The path without links, relative to the root; <see langword="null"/> when it leaves the root.</summary>
    private string? Locate(string path)
    {
        var links = 0;
        var resolved = "";
        var rest = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out var part))
        {
            var next = FilePath.Combine(resolved, part);
            if (next is null)
            {
                return null;
            }

            if (part is "." or "..")
            {
                resolved = next;
                continue;
            }

            if (new FileInfo(OnDisk(next)).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                var relative = Path.GetRelativePath(_root, target).Replace(Path.DirectorySeparatorChar, '/');
                if (relative.StartsWith("../", StringComparison.Ordinal) || relative is "..")
                {
                    return null;
                }

                target = relative;
                resolved = "";
            }

            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(step);
            }
        }

        return resolved;
    }

    private string OnDisk(string path) => path.Length == 0 ? (_root.Length == 0 ? "/" : _root) : $"{_root}/{path}";
}

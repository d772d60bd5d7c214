using System.Text;
using Weir.Values;

namespace Weir.Sources.Git;

/// <summary>The files of a commit, read from Git's objects when they are asked for; nothing is checked out.</summary>
public sealed class GitTree : IFileTree
{
    private const int MostLinks = 40;
    private const string Link = "120000";
    private const string Submodule = "160000";

    private readonly GitObjects _objects;
    private readonly Dictionary<string, (string Id, bool IsLink)> _files = new(StringComparer.Ordinal);
    private readonly FileTreeIndex _directories;

    internal GitTree(GitObjects objects, IEnumerable<string> entries)
    {
        _objects = objects;
        foreach (var entry in entries)
        {
            // <mode> SP <type> SP <id> TAB <path>
            var tab = entry.IndexOf('\t', StringComparison.Ordinal);
            var parts = entry[..tab].Split(' ');
            if (parts[0] != Submodule)
            {
                _files[entry[(tab + 1)..]] = (parts[2], parts[0] == Link);
            }
        }

        _directories = new FileTreeIndex(_files.Keys);
    }

    /// <summary>The paths of all files and links.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    public bool FileExists(string path) => Resolve(path) is { } real && _files.ContainsKey(real);

    public bool DirectoryExists(string path) => Resolve(path) is { } real && _directories.Contains(real);

    public ReadOnlyMemory<byte>? TryRead(string path) =>
        Resolve(path) is { } real && _files.TryGetValue(real, out var file) ? (ReadOnlyMemory<byte>?)_objects.Read(file.Id) : null;

    public IReadOnlyList<FileTreeEntry> List(string directory)
    {
        if (Resolve(directory) is not { } real)
        {
            return [];
        }

        // A link to a directory is listed as one.
        var entries = _directories.List(real);
        return entries.Any(e => !e.IsDirectory && IsLink(Join(real, e.Name)))
            ? [.. entries.Select(e => IsLink(Join(real, e.Name)) ? e with { IsDirectory = DirectoryExists(Join(real, e.Name)) } : e)]
            : entries;
    }

    public string? Resolve(string path) => Resolve(path, MostLinks);

    private string? Resolve(string path, int links)
    {
        if (_directories.Contains(path) || (_files.TryGetValue(path, out var file) && !file.IsLink))
        {
            return path;
        }

        // The first part that is a link decides.
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var head = end < 0 ? path : path[..end];
            if (IsLink(head))
            {
                var target = Encoding.UTF8.GetString(_objects.Read(_files[head].Id).Span);
                return links == 0 || target.StartsWith('/') || FilePath.Combine(FilePath.Directory(head), target) is not { } real
                    ? null
                    : Resolve(end < 0 ? real : Join(real, path[(end + 1)..]), links - 1);
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private bool IsLink(string path) => _files.TryGetValue(path, out var file) && file.IsLink;

    private static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";
}

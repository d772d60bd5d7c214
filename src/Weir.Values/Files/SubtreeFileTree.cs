namespace Weir.Values;

/// <summary>A directory of another file tree, seen as a root. Nothing above it can be reached.</summary>
public sealed class SubtreeFileTree(IFileTree tree, string root) : IFileTree
{
    public bool FileExists(string path) => tree.FileExists(Full(path));

    public bool DirectoryExists(string path) => tree.DirectoryExists(Full(path));

    public ReadOnlyMemory<byte>? TryRead(string path) => tree.TryRead(Full(path));

    public IReadOnlyList<FileTreeEntry> List(string directory) => tree.List(Full(directory));

    public string? Resolve(string path)
    {
        var resolved = tree.Resolve(Full(path));
        if (resolved is null || !FilePath.IsWithin(resolved, root))
        {
            return null;
        }

        return root.Length == 0 ? resolved : resolved.Length == root.Length ? "" : resolved[(root.Length + 1)..];
    }

    private string Full(string path) => root.Length == 0 ? path : path.Length == 0 ? root : $"{root}/{path}";
}

namespace Weir.Values;

/// <summary>
/// An immutable tree of files: a directory on disk, an artifact, a Git revision or memory.
/// Paths are relative to the root, use <c>/</c>, have no <c>.</c>, <c>..</c> or empty parts, and are case-sensitive;
/// the root itself is the empty string. A link that leads out of the tree does not exist for readers.
/// All members may be called from many threads at once.
/// </summary>
public interface IFileTree
{
    bool FileExists(string path);

    bool DirectoryExists(string path);

    /// <summary>The bytes of a file, or <see langword="null"/> when there is no such file.</summary>
    ReadOnlyMemory<byte>? TryRead(string path);

    /// <summary>What a directory holds, ordered bytewise by name; empty when there is no such directory.</summary>
    IReadOnlyList<FileTreeEntry> List(string directory);

    /// <summary>
    /// The path with every link resolved, for checks of where a file really lies; <see langword="null"/> when nothing
    /// is there or a link leads out of the tree. A tree without links answers the path itself.
    /// </summary>
    string? Resolve(string path);
}

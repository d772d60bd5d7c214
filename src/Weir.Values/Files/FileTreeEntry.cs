namespace Weir.Values;

/// <summary>One name in a directory of a file tree.</summary>
/// <param name="Name">The last part of the path.</param>
/// <param name="IsDirectory">True for a directory; links are answered as what they lead to.</param>
public readonly record struct FileTreeEntry(string Name, bool IsDirectory);

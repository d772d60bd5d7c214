namespace Weir.Values;

/// <summary>Paths inside an <see cref="IFileTree"/>: pure text, no file system.</summary>
public static class FilePath
{
    /// <summary>
    /// A path relative to a directory, made canonical: <c>.</c> and <c>..</c> resolved. <see langword="null"/> when it
    /// would leave the tree. An absolute path counts from the root of the tree.
    /// </summary>
    public static string? Combine(string directory, string relative)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(relative);
        var parts = new List<string>();
        var combined = relative.StartsWith('/') ? relative : $"{directory}/{relative}";
        foreach (var part in combined.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case "..":
                    if (parts.Count == 0)
                    {
                        return null;
                    }

                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The directory part; empty at the root.</summary>
    public static string Directory(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    /// <summary>The last part.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>True when the path is the directory or lies below it.</summary>
    public static bool IsWithin(string path, string directory) =>
        directory.Length == 0
        || string.Equals(path, directory, StringComparison.Ordinal)
        || (path.StartsWith(directory, StringComparison.Ordinal) && path[directory.Length] == '/');
}

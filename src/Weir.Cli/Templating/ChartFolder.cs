using Weir.Helm;
using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Cli.Templating;

/// <summary>Loads charts from directories and archives on disk.</summary>
internal static class ChartFolder
{
    public static Parsed<Chart> Load(string path)
    {
        if (Directory.Exists(path))
        {
            return LeavingLink(path) is { } link
                ? Failed($"the link {link} leads out of the chart", "copy the file into the chart, or render the folder that holds both")
                : ChartLoader.LoadDirectory(new DiskFileTree(path), name: path.TrimEnd('/'));
        }

        if (!File.Exists(path))
        {
            return Failed($"path {GoQuote.Quote(path)} not found");
        }

        if (new FileInfo(path).Length > ChartLimits.Default.MaxChartBytes)
        {
            return Failed($"file '{path}' is larger than the maximum size {ChartLimits.Default.MaxChartBytes}");
        }

        return ChartLoader.LoadArchive(File.ReadAllBytes(path), path);
    }

    /// <summary>A link below the directory whose end lies outside it or nowhere.</summary>
    private static string? LeavingLink(string directory)
    {
        var root = Path.GetFullPath(directory);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 64 };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options))
        {
            if ((entry.Attributes & FileAttributes.ReparsePoint) != 0
                && new DiskFileTree(root).Resolve(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/')) is null)
            {
                return Path.GetRelativePath(root, entry.FullName);
            }
        }

        return null;
    }

    private static Parsed<Chart> Failed(string message, string? hint = null) => new(null, [Diagnostic.Error("helm-chart", message, default, hint)]);
}

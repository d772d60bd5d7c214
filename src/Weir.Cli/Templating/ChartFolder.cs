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
            return WrongLink(path) is var (link, wrong)
                ? Failed($"the link {link} leads {wrong}", "copy what it leads to into the chart, or render the folder that holds both")
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

    /// <summary>A link below the directory whose end lies outside it or nowhere, or that leads to a folder around itself.</summary>
    private static (string Link, string Wrong)? WrongLink(string directory)
    {
        var root = Path.GetFullPath(directory);
        var tree = new DiskFileTree(root);
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 64 };
        foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos("*", options))
        {
            if ((entry.Attributes & FileAttributes.ReparsePoint) == 0)
            {
                continue;
            }

            var link = Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (tree.Resolve(link) is not { } target)
            {
                return (link, "out of the chart");
            }

            if (target.Length == 0 || link.StartsWith(target + "/", StringComparison.Ordinal))
            {
                return (link, "to a folder that holds it");
            }
        }

        return null;
    }

    private static Parsed<Chart> Failed(string message, string? hint = null) => new(null, [Diagnostic.Error("helm-chart", message, default, hint)]);
}

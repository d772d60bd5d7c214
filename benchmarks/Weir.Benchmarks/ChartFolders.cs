using Weir.Helm;
using Weir.Sources.Files;

namespace Weir.Benchmarks;

/// <summary>Charts in the folder that <c>WEIR_CHARTS</c> names.</summary>
internal static class ChartFolders
{
    /// <summary>Deep enough for what charts include.</summary>
    private const int StackBytes = 256 * 1024 * 1024;

    public static string? Root { get; } = Environment.GetEnvironmentVariable("WEIR_CHARTS") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    public static IEnumerable<(string Path, Chart Chart)> LoadAll()
    {
        foreach (var file in Directory.EnumerateFiles(Root!, "Chart.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var path = Path.GetRelativePath(Root!, Path.GetDirectoryName(file)!);
            if (!path.Split('/').Contains("charts", StringComparer.Ordinal) || path.Split("/charts/").Length == 2)
            {
                if (Load(path) is { } chart)
                {
                    yield return (path, chart);
                }
            }
        }
    }

    public static Chart? Load(string path) =>
        ChartLoader.LoadDirectory(new DiskFileTree(Path.Combine(Root!, path)), name: path).TryGet(out var chart) ? chart : null;

    /// <summary>Runs on a thread with a large stack.</summary>
    public static int OnLargeStack(Func<int> run)
    {
        var code = 0;
        var thread = new Thread(() => code = run(), StackBytes);
        thread.Start();
        thread.Join();
        return code;
    }
}

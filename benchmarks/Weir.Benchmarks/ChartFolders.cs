using Weir.Helm;
using Weir.Sources.Files;

namespace Weir.Benchmarks;

/// <summary>Charts in the folder that <c>WEIR_CHARTS</c> names.</summary>
internal static class ChartFolders
{
    /// <summary>Deep enough for what charts include.</summary>
    private const int StackBytes = 256 * 1024 * 1024;

    public static string? Root { get; } = Environment.GetEnvironmentVariable("WEIR_CHARTS") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Where charts stand below the folder, those in <c>charts/</c> of another left out.</summary>
    public static IEnumerable<string> Paths() => Below(Root!).Select(p => Path.GetRelativePath(Root!, p));

    private static IEnumerable<string> Below(string folder) => File.Exists(Path.Combine(folder, "Chart.yaml"))
        ? [folder]
        : Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(Below);

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

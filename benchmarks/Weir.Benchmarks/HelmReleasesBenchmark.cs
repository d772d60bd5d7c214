using System.Diagnostics;
using Weir.Helm;
using Weir.Values;

namespace Weir.Benchmarks;

/// <summary>A thousand releases of one chart, each with a name of its own, on two cores.</summary>
internal static class HelmReleasesBenchmark
{
    private const int Releases = 1000;
    private const int Threads = 2;
    private const int StackBytes = 64 * 1024 * 1024;

    public static Benchmark Create() => new("helm-releases", "1,000 releases of a chart below WEIR_CHARTS on two cores: PATH", Run);

    private static int Run(string[] args)
    {
        if (ChartFolders.Root is null || args.Length != 1 || ChartFolders.Load(args[0]) is not { } chart)
        {
            Console.Error.WriteLine("set WEIR_CHARTS to a folder of charts and name one of them");
            return 2;
        }

        Render(chart, "warm");
        var next = 0;
        var bytes = 0L;
        var start = Stopwatch.GetTimestamp();
        var workers = Enumerable.Range(0, Threads).Select(_ => new Thread(
            () =>
            {
                while (Interlocked.Increment(ref next) is var i && i <= Releases)
                {
                    Interlocked.Add(ref bytes, Render(chart, $"release-{i}").Manifest.Length);
                }
            },
            StackBytes)).ToList();
        workers.ForEach(w => w.Start());
        workers.ForEach(w => w.Join());
        Console.WriteLine($"{Releases} releases of {args[0]} on {Threads} threads");
        Console.WriteLine($"time         {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s");
        Console.WriteLine($"text         {bytes / 1048576} MiB");
        Console.WriteLine($"processor    {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F2} s");
        Console.WriteLine($"peak memory  {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB");
        return 0;
    }

    private static HelmRendering Render(Chart chart, string name) =>
        HelmRenderer.Render(chart, new ReleaseOptions { Name = name, Namespace = "ns" }, new MapValue { ["fullnameOverride"] = name });
}

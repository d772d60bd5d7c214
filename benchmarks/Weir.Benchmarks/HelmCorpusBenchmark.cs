using System.Diagnostics;
using Weir.Helm;
using Weir.Values;

namespace Weir.Benchmarks;

/// <summary>Every chart of a corpus with its default values, one after the other on one core, after a first round to warm up.</summary>
internal static class HelmCorpusBenchmark
{
    public static Benchmark Create() => new("helm-corpus", "each chart of WEIR_CHARTS once, warm, on one core; --one PATH for a single chart", Run);

    private static int Run(string[] args)
    {
        if (ChartFolders.Root is null)
        {
            Console.Error.WriteLine("set WEIR_CHARTS to a folder of charts");
            return 2;
        }

        return ChartFolders.OnLargeStack(() => args is ["--one", var path] ? One(path) : All());
    }

    private static int All()
    {
        var charts = ChartFolders.LoadAll().ToList();
        foreach (var (_, chart) in charts)
        {
            Render(chart);
        }

        var times = new List<(double Milliseconds, string Path)>();
        foreach (var (path, chart) in charts)
        {
            var start = Stopwatch.GetTimestamp();
            if (Render(chart).Succeeded)
            {
                times.Add((Stopwatch.GetElapsedTime(start).TotalMilliseconds, path));
            }
        }

        times.Sort();
        Console.WriteLine($"charts rendered  {times.Count} of {charts.Count}");
        Console.WriteLine($"median           {times[times.Count / 2].Milliseconds:F2} ms");
        Console.WriteLine($"90 %             {times[times.Count * 9 / 10].Milliseconds:F2} ms");
        Console.WriteLine($"peak memory      {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB");
        foreach (var (milliseconds, path) in times.TakeLast(8).Reverse())
        {
            Console.WriteLine($"  {milliseconds,9:F1} ms  {path}");
        }

        return 0;
    }

    private static int One(string path)
    {
        if (ChartFolders.Load(path) is not { } chart)
        {
            Console.Error.WriteLine($"{path} is no chart");
            return 2;
        }

        const int warmUp = 30;
        const int rounds = 100;
        var times = new List<double>();
        for (var i = 0; i < warmUp + rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Render(chart);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times = [.. times.Skip(warmUp).Order()];
        Console.WriteLine($"{path}: median {times[rounds / 2]:F2} ms, worst {times[^1]:F2} ms");
        return 0;
    }

    private static HelmRendering Render(Chart chart) =>
        HelmRenderer.Render(chart, new ReleaseOptions { Name = "rel", Namespace = "ns" }, new MapValue());
}

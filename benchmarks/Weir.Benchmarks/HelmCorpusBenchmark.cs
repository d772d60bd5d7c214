using System.Diagnostics;
using Weir.Helm;
using Weir.Values;

namespace Weir.Benchmarks;

/// <summary>
/// Every chart of a corpus with its default values, one after the other on one core, after a first round to warm up. As in
/// a batch a chart is loaded when its turn comes and let go afterwards.
/// </summary>
internal static class HelmCorpusBenchmark
{
    public static Benchmark Create() => new(
        "helm-corpus",
        "each chart of WEIR_CHARTS, warm, on one core; --one PATH for a single chart; --batch WEIR for the published program's --batch",
        Run);

    private static int Run(string[] args)
    {
        if (ChartFolders.Root is null)
        {
            Console.Error.WriteLine("set WEIR_CHARTS to a folder of charts");
            return 2;
        }

        return args switch
        {
            ["--one", var path] => ChartFolders.OnLargeStack(() => One(path)),
            ["--batch", var weir] => Batch(Path.GetFullPath(weir)),
            _ => ChartFolders.OnLargeStack(All),
        };
    }

    private static int All()
    {
        var paths = ChartFolders.Paths().ToList();
        foreach (var path in paths)
        {
            Measure(path);
        }

        var times = paths.Select(Measure).OfType<Times>().ToList();
        Console.WriteLine($"charts rendered      {times.Count} of {paths.Count}");
        Report("loaded and rendered", times.Select(t => t.Fresh));
        Report("rendered again", times.Select(t => t.Again));
        Console.WriteLine($"peak memory          {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB");
        foreach (var slow in times.OrderByDescending(t => t.Fresh).Take(8))
        {
            Console.WriteLine($"  {slow.Fresh,9:F1} ms  {slow.Path}");
        }

        return 0;
    }

    private static Times? Measure(string path)
    {
        var start = Stopwatch.GetTimestamp();
        if (ChartFolders.Load(path) is not { } chart || !Render(chart).Succeeded)
        {
            return null;
        }

        var fresh = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        Render(chart);
        return new Times(path, fresh, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static void Report(string name, IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        Console.WriteLine($"{name,-20} median {sorted[sorted.Length / 2]:F2} ms, 90 % under {sorted[sorted.Length * 9 / 10]:F2} ms");
    }

    /// <summary>The program itself: all charts in one process, on one and on two threads.</summary>
    private static int Batch(string weir)
    {
        var requests = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(requests, ChartFolders.Paths().Select(p => $$"""{"id":"{{p}}","chart":"{{p}}","release":"rel","includeCrds":true,"kubeVersion":"1.34.0"}"""));
            foreach (var threads in (string[])["1", "2"])
            {
                using var run = MeasuredProcess.Start(weir, ChartFolders.Root!, "template", "--batch", requests, "--jobs", threads);
                var code = run.Exit();
                Console.WriteLine($"batch on {threads} threads: {run.Elapsed.TotalSeconds:F1} s, peak memory {run.PeakMegabytes} MiB, exit code {code}");
            }

            return 0;
        }
        finally
        {
            File.Delete(requests);
        }
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

    /// <param name="Path">The chart.</param>
    /// <param name="Fresh">Milliseconds for loading, parsing and rendering it.</param>
    /// <param name="Again">Milliseconds for a second rendering.</param>
    private sealed record Times(string Path, double Fresh, double Again);
}

using System.Diagnostics;
using Weir.Kustomize;
using Weir.Sources.Files;

namespace Weir.Benchmarks;

/// <summary>Kustomize: a directory of 4,000 resources, a tiny overlay, and 1,000 overlays in one process.</summary>
internal static class KustomizeBenchmark
{
    private const int Overlays = 1000;

    public static Benchmark Create() => new("kustomize", "4,000 resources, 1,000 overlays, one tiny overlay: WEIR (published)", Run);

    private static int Run(string[] args)
    {
        if (args.Length != 1 || !File.Exists(args[0]))
        {
            Console.Error.WriteLine("give the published program");
            return 2;
        }

        var weir = Path.GetFullPath(args[0]);
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            KustomizeInput.WriteLarge(Path.Combine(folder, "large"));
            KustomizeInput.WriteOverlays(Path.Combine(folder, "overlays"), Overlays);
            Row("measure", "median", "target");
            var memory = 0L;
            Row("4,000 resources", $"{Repeated.Median(() => Build(weir, folder, "large", ref memory)).TotalMilliseconds:F0} ms", "1,500 ms");
            Row("  peak memory", $"{memory} MiB", "300 MiB");
            Row("1,000 overlays", $"{Repeated.Median(() => BuildAll(Path.Combine(folder, "overlays"))).TotalMilliseconds:F0} ms", "2,000 ms");
            Row("tiny overlay", $"{Repeated.Median(() => Build(weir, folder, "overlays/o0", ref memory)).TotalMilliseconds:F0} ms", "150 ms");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Row(string name, string value, string target) => Console.WriteLine($"{name,-24}{value,12}{target,12}");

    private static TimeSpan Build(string weir, string folder, string directory, ref long memory)
    {
        using var run = MeasuredProcess.Start(weir, folder, "kustomize", directory, "--output", Path.Combine(folder, "out.yaml"));
        if (run.Exit() != 0)
        {
            throw new InvalidOperationException($"weir kustomize {directory} failed");
        }

        memory = Math.Max(memory, run.PeakMegabytes);
        return run.Elapsed;
    }

    private static TimeSpan BuildAll(string folder)
    {
        var tree = new DiskFileTree("/");
        var start = Stopwatch.GetTimestamp();
        Parallel.For(0, Overlays, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var built = KustomizeBuild.Run(tree, $"{folder}/o{i}".Trim('/'));
            if (built.Error is { } error)
            {
                throw new InvalidOperationException(error);
            }

            _ = KustomizeBuild.ToYaml(built.Objects);
        });
        return Stopwatch.GetElapsedTime(start);
    }
}

namespace Weir.Benchmarks;

/// <summary><c>weir diff</c> and <c>weir build</c> over synthetic fleets, process to process.</summary>
internal static class DiffBenchmark
{
    public static Benchmark Create() => new("diff", "weir build and weir diff over synthetic fleets: WEIR (published)", Run);

    private static int Run(string[] args)
    {
        if (args.Length != 1 || !File.Exists(args[0]))
        {
            Console.Error.WriteLine("give the published program");
            return 2;
        }

        var weir = Path.GetFullPath(args[0]);
        Console.WriteLine($"{"measure",-52}{"median",10}{"memory",10}{"target",22}");
        Fleet(2, 130, folder =>
        {
            Row("130 applications, weir build", Measure(weir, folder, "build"), "2 s cold");
            Row("130 applications, diff without a change", Measure(weir, folder, "diff", "--from", "HEAD", "--worktree"), "500 ms warm");
            Change(folder, "clusters/c0/app-0.yaml", "replicas: 0", "replicas: 9");
            Row("130 applications, diff of one file", Measure(weir, folder, "diff", "--from", "HEAD", "--worktree"), "350 ms");
        });
        Fleet(10, 500, folder =>
        {
            Change(folder, "charts/app/values.yaml", "image: nginx", "image: nginx\nextra: 1");
            Row("500 releases, 10 clusters, all affected, both sides", Measure(weir, folder, "diff", "--from", "HEAD", "--worktree", "-o", "markdown"), "10 s, 500 MiB");
        });
        return 0;
    }

    private static void Fleet(int clusters, int applications, Action<string> measure)
    {
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            SyntheticFleet.Write(folder, clusters, applications);
            measure(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (TimeSpan Median, long Memory) Measure(string weir, string folder, params string[] arguments)
    {
        var memory = 0L;
        var median = Repeated.Median(() =>
        {
            using var run = MeasuredProcess.Start(weir, folder, arguments);
            var code = run.Exit();
            if (code is not (0 or 1))
            {
                throw new InvalidOperationException($"weir {string.Join(' ', arguments)} ended with {code}");
            }

            memory = Math.Max(memory, run.PeakMegabytes);
            return run.Elapsed;
        });
        return (median, memory);
    }

    private static void Change(string folder, string path, string old, string changed)
    {
        var full = Path.Combine(folder, path);
        File.WriteAllText(full, File.ReadAllText(full).Replace(old, changed, StringComparison.Ordinal));
    }

    private static void Row(string name, (TimeSpan Median, long Memory) result, string target) =>
        Console.WriteLine($"{name,-52}{result.Median.TotalMilliseconds,7:F0} ms{result.Memory,6} MiB{target,22}");
}

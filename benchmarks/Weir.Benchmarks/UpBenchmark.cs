using System.Net.Http;

namespace Weir.Benchmarks;

/// <summary>The published program from outside: its start, the embedded API, the example fleet, and a new commit.</summary>
internal static class UpBenchmark
{
    private const int Rounds = 5;

    public static Benchmark Create() =>
        new("up", "start, embedded API, example fleet, a new commit: WEIR (published) FLEET (a folder)", args => RunAsync(args).GetAwaiter().GetResult());

    private static async Task<int> RunAsync(string[] args)
    {
        if (args.Length != 2 || !File.Exists(args[0]) || !Directory.Exists(args[1]))
        {
            Console.Error.WriteLine("give the published program and the folder of a fleet");
            return 2;
        }

        var weir = Path.GetFullPath(args[0]);
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            Copy(Path.GetFullPath(args[1]), folder);
            BenchmarkRepository.Git(folder, "init", "--quiet", "--initial-branch=main");
            BenchmarkRepository.Commit(folder, "fleet");
            Row("measure", "median", "target");
            Row("weir --version", $"{Repeated.Median(() => Version(weir, folder)).TotalMilliseconds:F0} ms", "100 ms");
            Row("apiserver to /readyz", $"{Repeated.Median(() => Ready(weir, folder)).TotalMilliseconds:F0} ms", "500 ms");
            var memory = 0L;
            Row("up FLEET --once", $"{Repeated.Median(() => Once(weir, folder, ref memory)).TotalSeconds:F1} s", "10 s");
            Row("  peak memory", $"{memory} MiB", "250 MiB");
            Row("a new commit applied", $"{(await CommitAsync(weir, folder)).TotalSeconds:F1} s", "3 s");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Row(string name, string value, string target) => Console.WriteLine($"{name,-24}{value,12}{target,12}");

    private static TimeSpan Version(string weir, string folder)
    {
        using var run = MeasuredProcess.Start(weir, folder, "--version");
        run.Exit();
        return run.Elapsed;
    }

    private static TimeSpan Ready(string weir, string folder)
    {
        const int Port = 17443;
        using var run = MeasuredProcess.Start(weir, folder, "apiserver", "--port", $"{Port}", "--kubeconfig-out", Path.Combine(folder, ".kubeconfig"));
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        using var client = new HttpClient(handler);
        while (run.Elapsed < TimeSpan.FromSeconds(30))
        {
            try
            {
                if (client.GetAsync(new Uri($"https://127.0.0.1:{Port}/readyz")).GetAwaiter().GetResult().IsSuccessStatusCode)
                {
                    return run.Elapsed;
                }
            }
            catch (HttpRequestException)
            {
                Thread.Sleep(5);
            }
        }

        throw new TimeoutException("the API server was not ready within 30 s");
    }

    private static TimeSpan Once(string weir, string folder, ref long memory)
    {
        using var run = MeasuredProcess.Start(weir, folder, "up", ".", "--once", "--kubeconfig-out", Path.Combine(folder, ".kubeconfig"));
        var code = run.Exit();
        memory = Math.Max(memory, run.PeakMegabytes);
        return code == 0 ? run.Elapsed : throw new InvalidOperationException($"weir up ended with {code}");
    }

    private static async Task<TimeSpan> CommitAsync(string weir, string folder)
    {
        using var run = MeasuredProcess.Start(weir, folder, "up", ".", "--kubeconfig-out", Path.Combine(folder, ".kubeconfig"));
        var times = new List<TimeSpan>();
        await run.LineAsync(static l => l.Contains("Kustomization/flux-system/apps Applied revision", StringComparison.Ordinal)).WaitAsync(TimeSpan.FromMinutes(1));
        for (var round = 0; round <= Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2));
            await File.WriteAllTextAsync(Path.Combine(folder, "round.txt"), $"{round}");
            BenchmarkRepository.Commit(folder, $"round {round}");
            var id = BenchmarkRepository.Git(folder, "rev-parse", "HEAD").Trim()[..8];
            var committed = run.Elapsed;
            var seen = run.LineAsync(l => l.Contains("Kustomization/flux-system/flux-system Applied revision", StringComparison.Ordinal) && l.Contains(id, StringComparison.Ordinal));
            times.Add(await seen.WaitAsync(TimeSpan.FromMinutes(1)) - committed);
        }

        times.Sort();
        return times[Rounds / 2];
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

namespace Weir.Benchmarks;

/// <summary><c>weir-bench NAME [arguments]</c>: runs one measurement and prints a table.</summary>
internal static class Program
{
    private static readonly Benchmark[] All =
    [
        ApiServerBenchmark.Create(),
        DiffBenchmark.Create(),
        DriftBenchmark.Create(),
        DiffHistoryBenchmark.Create(),
        FluxScaleBenchmark.Create(),
        HelmCorpusBenchmark.Create(),
        HelmReleasesBenchmark.Create(),
        HelmTplBenchmark.Create(),
        KustomizeBenchmark.Create(),
        UpBenchmark.Create(),
    ];

    private static int Main(string[] args)
    {
        if (args.Length > 0 && Array.Find(All, b => b.Name == args[0]) is { } benchmark)
        {
            return benchmark.Run(args[1..]);
        }

        Console.Error.WriteLine("usage: weir-bench NAME");
        foreach (var known in All)
        {
            Console.Error.WriteLine($"  {known.Name,-20} {known.Description}");
        }

        return 2;
    }
}

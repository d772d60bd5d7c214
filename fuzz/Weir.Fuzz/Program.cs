using System.Diagnostics;
using System.Globalization;

namespace Weir.Fuzz;

/// <summary><c>weir-fuzz TARGET [--seconds N] [--seed N]</c>: mutates a target's seeds until the time is up or something breaks.</summary>
internal static class Program
{
    private const double SlowSeconds = 2;

    private static readonly FuzzTarget[] Targets =
    [
        ApiServerTarget.Create(),
        CelTarget.Create(),
        ChartArchiveTarget.Create(),
        JsonTarget.Create(),
        KustomizationTarget.Create(),
        PatchTarget.Create(),
        PointerTarget.Create(),
        SelectorTarget.Create(),
        StringValuesTarget.Create(),
        TemplateTarget.Create(),
        ValuesTarget.Create(),
        YamlTarget.Create(),
    ];

    private static int Main(string[] args)
    {
        var target = args.Length > 0 ? Array.Find(Targets, t => t.Name == args[0]) : null;
        if (target is null)
        {
            Console.Error.WriteLine($"usage: weir-fuzz TARGET [--seconds N] [--seed N]; targets: {string.Join(' ', Targets.Select(t => t.Name))}");
            return 2;
        }

        var seconds = Option(args, "--seconds", 10);
        var seed = Option(args, "--seed", Environment.TickCount & int.MaxValue);
        Console.WriteLine($"{target.Name}: seed {seed}, {seconds} seconds");
        return Run(target, new Mutator(new Random(seed)), TimeSpan.FromSeconds(seconds));
    }

    private static int Run(FuzzTarget target, Mutator mutator, TimeSpan time)
    {
        // Inputs that were new in some way join the corpus, up to a bound: mutation goes on from there.
        List<byte[]> seeds = [.. target.Seeds, .. target.MoreSeeds()];
        var corpus = new List<byte[]>(seeds);
        var clock = Stopwatch.StartNew();
        var runs = 0;
        for (; clock.Elapsed < time; runs++)
        {
            var input = runs < seeds.Count ? seeds[runs] : mutator.Mutate(corpus);
            var started = clock.Elapsed;
            try
            {
                target.Run(input);
            }
            catch (Exception e)
            {
                return Report(target, input, e.ToString());
            }

            if ((clock.Elapsed - started).TotalSeconds > SlowSeconds)
            {
                return Report(target, input, $"took {clock.Elapsed - started}");
            }

            if (runs % 50 == 0 && corpus.Count < 2_000)
            {
                corpus.Add(input);
            }
        }

        Console.WriteLine($"{target.Name}: {runs} inputs, nothing found");
        return 0;
    }

    private static int Report(FuzzTarget target, byte[] input, string finding)
    {
        var file = Path.Combine(Path.GetTempPath(), $"weir-fuzz-{target.Name}-{Environment.ProcessId}.bin");
        File.WriteAllBytes(file, input);
        Console.Error.WriteLine($"{target.Name}: {finding}\ninput saved as {file}");
        return 1;
    }

    private static int Option(string[] args, string name, int fallback)
    {
        var i = Array.IndexOf(args, name);
        return i >= 0 && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : fallback;
    }
}

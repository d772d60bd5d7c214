using System.Diagnostics;
using Weir.Fleet;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;

namespace Weir.Benchmarks;

/// <summary>
/// The diffs of a repository's last commits. Each is made twice: with what both sides have in common rendered once, as
/// <c>weir diff</c> does, and from two full renderings that know nothing of each other. Both must be the same.
/// </summary>
internal static class DiffHistoryBenchmark
{
    public static Benchmark Create() => new(
        "diff-history", "diffs of the last commits equal to those of two full renderings: REPOSITORY COUNT [CLUSTER-DIR…] [URL-PREFIX=PATH…]", args => RunAsync(args).GetAwaiter().GetResult());

    private static async Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2 || !int.TryParse(args[1], out var count))
        {
            Console.Error.WriteLine("give a repository and how many commits");
            return 2;
        }

        var git = new GitProgram();
        var mirrors = new SourceMirrors([.. args[2..].Where(static a => a.Contains('=', StringComparison.Ordinal)).Select(static a => SourceMirrors.Parse(a, Environment.CurrentDirectory)!)]);
        var cache = Directory.CreateTempSubdirectory("weir-history-").FullName;
        using var revisions = await FleetRevisions.OpenAsync(args[0], git, CancellationToken.None);
        var options = new FleetBuildOptions { Revisions = revisions, ClusterPaths = [.. args[2..].Where(static a => !a.Contains('=', StringComparison.Ordinal))] };
        using var sources = new FleetSources(mirrors, cache, git);
        var commits = (await git.RunAsync(args[0], ["rev-list", "--first-parent", "-n", $"{count + 1}", "HEAD"], CancellationToken.None)).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var shared = new List<double>();
        var full = new List<double>();
        var unequal = 0;
        Console.WriteLine($"{"commit",-12}{"units",8}{"changed",9}{"objects",9}{"broken",8}{"rendered",10}{"diff",10}{"two full",10}");
        for (var i = 0; i + 1 < commits.Length; i++)
        {
            var before = await revisions.AtAsync(commits[i + 1], CancellationToken.None);
            var after = await revisions.AtAsync(commits[i], CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            var builder = new FleetBuilder(sources, options);
            var left = await builder.BuildAsync(before, CancellationToken.None);
            var rendered = builder.Work.Rendered;
            var right = await builder.BuildAsync(after, CancellationToken.None);
            var diff = FleetDiff.Compare(before.Name, left, after.Name, right, new());
            var report = JsonReport.Write(new FleetReport(diff, FindingRules.Run(diff, left, right)));
            shared.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);

            start = Stopwatch.GetTimestamp();
            var fullLeft = await new FleetBuilder(sources, options).BuildAsync(before, CancellationToken.None);
            var fullRight = await new FleetBuilder(sources, options).BuildAsync(after, CancellationToken.None);
            var fullDiff = FleetDiff.Compare(before.Name, fullLeft, after.Name, fullRight, new());
            var fullReport = JsonReport.Write(new FleetReport(fullDiff, FindingRules.Run(fullDiff, fullLeft, fullRight)));
            full.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);

            var broken = right.SelectMany(static c => c.Units).Count(static u => u.Error is not null);
            Console.WriteLine($"{commits[i][..10],-12}{diff.AllUnits,8}{diff.Units.Count,9}{diff.Units.Sum(static u => u.Objects.Count),9}{broken,8}{builder.Work.Rendered - rendered,10}{shared[^1],7:F0} ms{full[^1],7:F0} ms{(report == fullReport ? "" : "  NOT EQUAL")}");
            unequal += report == fullReport ? 0 : 1;
            if (i == 0)
            {
                foreach (var unit in right.SelectMany(static c => c.Units).Where(static u => u.Error is not null))
                {
                    Console.Error.WriteLine($"{unit.Id}: {unit.Error}");
                }
            }
        }

        Directory.Delete(cache, recursive: true);
        Console.WriteLine($"{shared.Count} commits, {unequal} not equal; median {Median(shared):F0} ms, of two full renderings {Median(full):F0} ms");
        return unequal == 0 ? 0 : 1;
    }

    private static double Median(List<double> values) => values.Count == 0 ? 0 : values.Order().ElementAt(values.Count / 2);
}

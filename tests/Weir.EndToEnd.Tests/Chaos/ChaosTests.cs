using System.Collections.Concurrent;
using System.Globalization;
using Weir.ApiServer;
using Weir.Controllers;
using Weir.Kubernetes.Client;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>
/// Whatever fails and whenever the engine dies, the cluster ends as it is wanted, nothing is orphaned, and no hook runs twice for a
/// revision. <c>WEIR_CHAOS_RUNS</c> says how many seeds are tried, <c>WEIR_CHAOS_SEED</c> names the first.
/// </summary>
public sealed class ChaosTests
{
    private const int FewRuns = 24;
    private const int Parallel = 6;

    [Fact]
    public async Task After_any_failure_the_cluster_is_what_is_wanted()
    {
        var runs = Number("WEIR_CHAOS_RUNS", FewRuns);
        var first = Number("WEIR_CHAOS_SEED", 1);
        var folder = Directory.CreateTempSubdirectory("weir-chaos-").FullName;
        var failures = new ConcurrentBag<string>();
        var disturbances = new ConcurrentBag<(int Kills, int Requests, int Downloads)>();
        try
        {
            await using var api = await ApiServerHost.StartAsync(new ApiServerOptions(), TestContext.Current.CancellationToken);
            using var client = new KubernetesClient(new ClusterConnection { Server = api.Address, Token = api.AdminToken, InsecureSkipTlsVerify = true });
            await ControllerHost.InstallAsync(client, TestContext.Current.CancellationToken);
            await using var sources = await ChaosSources.StartAsync(Path.Combine(folder, "git"));
            await System.Threading.Tasks.Parallel.ForEachAsync(
                Enumerable.Range(first, runs),
                new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = TestContext.Current.CancellationToken },
                async (seed, _) =>
                {
                    await using var run = new ChaosRun(seed, api, client, sources, folder);
                    if (await run.RunAsync() is { } failure)
                    {
                        failures.Add(failure);
                    }

                    disturbances.Add(run.Disturbances);
                });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{runs} runs, {disturbances.Sum(static d => d.Kills)} kills, {disturbances.Sum(static d => d.Requests)} requests and {disturbances.Sum(static d => d.Downloads)} downloads disturbed");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {runs} runs failed:\n\n{string.Join("\n\n", failures)}");
    }

    private static int Number(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : fallback;
}

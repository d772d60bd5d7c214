using System.Diagnostics;
using System.Globalization;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Benchmarks;

/// <summary>
/// A thousand applications as Flux's own benchmark has them, from a real registry, with <c>weir apiserver</c> and <c>weir controller</c>
/// as processes on the same cores: first as Kustomizations, then as HelmReleases, and a chain of dependencies.
/// </summary>
internal static class FluxScaleBenchmark
{
    private const int Chain = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    public static Benchmark Create() => new(
        "flux-scale",
        "1,000 Kustomizations and HelmReleases from a docker-registry: WEIR (program or .dll) [COUNT] [ks|hr|chain]",
        args => RunAsync(args).GetAwaiter().GetResult());

    private static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]))
        {
            Console.Error.WriteLine("give the program, such as src/Weir.Cli/bin/Release/net10.0/weir.dll");
            return 2;
        }

        var weir = Path.GetFullPath(args[0]);
        var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
        var part = args.Length > 2 ? args[2] : "";
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            using var registry = await RegistryProcess.StartAsync(folder);
            foreach (var version in (string[])["1.0.0", "2.0.0"])
            {
                ApplicationFiles.WriteManifests(Path.Combine(folder, "manifests"), version);
                ApplicationFiles.WriteChart(Path.Combine(folder, "charts", "app"), version);
                await registry.PushAsync("manifests", version, Path.Combine(folder, "manifests"));
                await registry.PushAsync("chart", version, Path.Combine(folder, "charts"));
            }

            Row("measure", "figure", "target");
            if (part is "" or "ks")
            {
                using var cluster = await StartAsync(weir, Path.Combine(folder, "ks"));
                await MeasureAsync(cluster, registry, count, "Kustomizations", Kustomization.Kind, "manifests", KustomizationOf, 25);
            }

            if (part is "" or "hr")
            {
                using var cluster = await StartAsync(weir, Path.Combine(folder, "hr"));
                await MeasureAsync(cluster, registry, count, "HelmReleases", HelmRelease.Kind, "chart", ReleaseOf, 40);
            }

            if (part is "" or "chain")
            {
                using var cluster = await StartAsync(weir, Path.Combine(folder, "chain"));
                await cluster.ApplyAsync([SourceOf("chain", registry.Address, "manifests", "1.0.0")]);
                await cluster.ReadyAsync(OciRepository.Kind, 1, 0, Limit, static _ => true);
                var started = Stopwatch.GetTimestamp();
                await cluster.ApplyAsync(Enumerable.Range(0, Chain).Select(ChainedOf));
                var time = await cluster.ReadyAsync(Kustomization.Kind, Chain, started, Limit, static _ => true);
                Row($"chain of {Chain} dependsOn", $"{time.TotalSeconds:F1} s", "2 s");
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<FluxCluster> StartAsync(string weir, string folder)
    {
        var cluster = await FluxCluster.StartAsync(weir, folder);
        await cluster.ApplyAsync(["{apiVersion: v1, kind: Namespace, metadata: {name: bench} }"]);
        return cluster;
    }

    private static async Task MeasureAsync(
        FluxCluster cluster, RegistryProcess registry, int count, string name, GroupVersionKind kind, string artifact, Func<int, string> owner, int seconds)
    {
        var spent = cluster.CpuTimes();
        var started = Stopwatch.GetTimestamp();
        await cluster.ApplyAsync(Enumerable.Range(0, count).Select(i => $"{SourceOf($"app-{i}", registry.Address, artifact, "1.0.0")}\n---\n{owner(i)}"));
        Row($"{count} {name}", $"{(await cluster.ReadyAsync(kind, count, started, Limit, static _ => true)).TotalSeconds:F1} s", $"{seconds} s");
        CpuRow(cluster, ref spent);
        started = Stopwatch.GetTimestamp();
        var upgrade = cluster.ReadyAsync(kind, count, started, Limit, static v => Revision(v).Contains("2.0.0", StringComparison.Ordinal));
        await cluster.ApplyAsync(Enumerable.Range(0, count).Select(i => SourceOf($"app-{i}", registry.Address, artifact, "2.0.0")));
        Row("  upgrade of all", $"{(await upgrade).TotalSeconds:F1} s", $"{seconds} s");
        CpuRow(cluster, ref spent);
        cluster.Controllers.LookAtMemory();
        Row("  controllers, peak", $"{cluster.Controllers.PeakMegabytes} MiB", "300 MiB");
        await Task.Delay(TimeSpan.FromSeconds(5));
        var (cpu, clock) = (cluster.Controllers.CpuTime(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(20));
        var part = (cluster.Controllers.CpuTime() - cpu) / Stopwatch.GetElapsedTime(clock);
        Row("  controllers, idle", $"{part * 100:F1} %", "2 %");
        Row("  memory when idle", $"{cluster.Controllers.Megabytes()} MiB", "300 MiB");
    }

    // On a machine with other work the time passed says little; this stays true.
    private static void CpuRow(FluxCluster cluster, ref (TimeSpan Controllers, TimeSpan Api) before)
    {
        var now = cluster.CpuTimes();
        Row("  processor time", $"{(now.Controllers - before.Controllers).TotalSeconds:F1} s", $"+ API {(now.Api - before.Api).TotalSeconds:F1} s");
        before = now;
    }

    private static string Revision(MapValue value) =>
        value.GetMap("status")?.GetString("lastAppliedRevision") ?? value.GetMap("status")?.GetString("lastAttemptedRevision") ?? "";

    private static string SourceOf(string name, string registry, string artifact, string version) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: {{name}}, namespace: bench}
        spec: {interval: 1h, insecure: true, url: "oci://{{registry}}/{{artifact}}", ref: {tag: "{{version}}"} }
        """;

    private static string KustomizationOf(int i) => $$"""
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: app-{{i}}, namespace: bench}
        spec: {interval: 1h, prune: true, path: ./, targetNamespace: bench, namePrefix: a{{i}}-, sourceRef: {kind: OCIRepository, name: app-{{i}} } }
        """;

    private static string ReleaseOf(int i) => $$"""
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: app-{{i}}, namespace: bench}
        spec: {interval: 1h, chartRef: {kind: OCIRepository, name: app-{{i}} } }
        """;

    private static string ChainedOf(int i) => $$"""
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: app-{{i}}, namespace: bench}
        spec: {interval: 1h, prune: true, path: ./, targetNamespace: bench, namePrefix: c{{i}}-, sourceRef: {kind: OCIRepository, name: chain}, dependsOn: [{{(i == 0 ? "" : $"{{name: app-{i - 1}}}")}}] }
        """;

    private static void Row(string name, string value, string target) => Console.WriteLine($"{name,-28}{value,12}{target,16}");
}

using System.Diagnostics;
using System.Globalization;
using Weir.ApiServer;
using Weir.Controllers;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Benchmarks;

/// <summary>From a foreign change of a managed object to its correction: embedded API and controllers in this process.</summary>
internal static class DriftBenchmark
{
    private const int Kustomizations = 200;
    private const int Releases = 100;
    private const int Rounds = 100;

    private static readonly GroupVersionKind Service = new("", "v1", "Service");
    private static readonly GroupVersionKind ServiceAccount = new("", "v1", "ServiceAccount");

    public static Benchmark Create() =>
        new("drift", $"{Kustomizations} Kustomizations and {Releases} HelmReleases: time from drift to its correction", _ => RunAsync().GetAwaiter().GetResult());

    private static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            ApplicationFiles.WriteManifests(Path.Combine(folder, "oci", "manifests"));
            ApplicationFiles.WriteChart(Path.Combine(folder, "oci", "chart", "app"));
            await using var api = await ApiServerHost.StartAsync(new ApiServerOptions(), CancellationToken.None);
            using var client = new KubernetesClient(new ClusterConnection { Server = api.Address, Token = api.AdminToken, InsecureSkipTlsVerify = true });
            await ControllerHost.InstallAsync(client, CancellationToken.None);
            await using var host = await ControllerHost.StartAsync(
                new()
                {
                    Client = client,
                    DataDirectory = Path.Combine(folder, "data"),
                    Concurrency = 8,
                    Mirrors = new SourceMirrors([new SourceMirror("oci://bench.test", Path.Combine(folder, "oci"))]),
                },
                CancellationToken.None);
            await PrepareAsync(client);
            Console.WriteLine($"{"what drifted",-36}{"median",10}{"slowest",10}{"target",10}");
            await MeasureAsync(client, "a field of a Kustomization's object", i => ChangeAsync(client, "ks", i % Kustomizations), i => ($"ks-{i % Kustomizations}-app", Service));
            await MeasureAsync(client, "a deleted object of a Kustomization", i => DeleteAsync(client, "ks", i % Kustomizations), i => ($"ks-{i % Kustomizations}-app", ServiceAccount));
            await MeasureAsync(client, "a field of a release's object", i => ChangeAsync(client, "hr", i % Releases), i => ($"hr-{i % Releases}-app", Service));
            await MeasureAsync(client, "a deleted object of a release", i => DeleteAsync(client, "hr", i % Releases), i => ($"hr-{i % Releases}-app", ServiceAccount));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task PrepareAsync(KubernetesClient client)
    {
        var text = new System.Text.StringBuilder("""
            apiVersion: v1
            kind: Namespace
            metadata: {name: bench}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: manifests, namespace: bench}
            spec: {interval: 1h, url: "oci://bench.test/manifests", ref: {tag: v1}}
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: chart, namespace: bench}
            spec: {interval: 1h, url: "oci://bench.test/chart", ref: {tag: v1}}

            """);
        for (var i = 0; i < Kustomizations; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: ks-{{i}}, namespace: bench}
                spec: {interval: 1h, prune: true, path: ./, targetNamespace: bench, namePrefix: ks-{{i}}-, sourceRef: {kind: OCIRepository, name: manifests} }

                """);
        }

        for (var i = 0; i < Releases; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: hr-{{i}}, namespace: bench}
                spec: {interval: 1h, chartRef: {kind: OCIRepository, name: chart}, driftDetection: {mode: enabled} }

                """);
        }

        foreach (var item in YamlReader.ReadStream(text.ToString()).Result!)
        {
            await client.ApplyAsync((MapValue)item, new() { FieldManager = "bench" }, CancellationToken.None);
        }

        var started = Stopwatch.GetTimestamp();
        foreach (var kind in (GroupVersionKind[])[Kustomization.Kind, HelmRelease.Kind])
        {
            while ((await client.ListAsync(kind, ListOptions.All, CancellationToken.None)).Items.FirstOrDefault(static v => !IsReady(v)) is { } first)
            {
                if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
                {
                    throw new TimeoutException($"not everything became Ready within a minute:\n{YamlWriter.Write(first.GetMap("status") ?? [])}");
                }

                await Task.Delay(200);
            }
        }
    }

    private static bool IsReady(MapValue value) =>
        value.GetMap("status")?.GetList("conditions")?.Any(static c => c is MapValue m && m.GetString("type") == "Ready" && m.GetString("status") == "True") == true;

    private static Task ChangeAsync(KubernetesClient client, string prefix, int i) => client.PatchAsync(
        Service,
        "bench",
        $"{prefix}-{i}-app",
        PatchType.Merge,
        new MapValue { ["spec"] = new MapValue { ["selector"] = new MapValue { ["app.kubernetes.io/name"] = "somebody" } } },
        new() { FieldManager = "somebody" },
        CancellationToken.None);

    private static Task DeleteAsync(KubernetesClient client, string prefix, int i) =>
        client.DeleteAsync(ServiceAccount, "bench", $"{prefix}-{i}-app", DeleteOptions.Background, CancellationToken.None);

    private static async Task MeasureAsync(KubernetesClient client, string name, Func<int, Task> drift, Func<int, (string Name, GroupVersionKind Kind)> target)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            // An owner is answered at once a few times in a row only.
            var (objectName, kind) = target(i);
            var options = new ListOptions { Namespace = "bench", FieldSelector = $"metadata.name={objectName}" };
            var version = (await client.ListAsync(kind, options, CancellationToken.None)).ResourceVersion;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var started = Stopwatch.GetTimestamp();
            await drift(i);
            await foreach (var change in client.WatchAsync(kind, options, version, limit.Token))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified
                    && change.Object.GetMap("spec")?.GetMap("selector")?.GetString("app.kubernetes.io/name") != "somebody")
                {
                    break;
                }
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-36}{times[times.Count / 2],7:F0} ms{times[^1],7:F0} ms{"1000 ms",10}");
    }
}

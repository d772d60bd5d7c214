using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Text;
using Weir.ApiServer;

namespace Weir.Benchmarks;

/// <summary>The embedded Kubernetes API in this process, its clients over HTTPS beside it: both share the machine's cores.</summary>
internal static class ApiServerBenchmark
{
    private const int Clients = 16;
    private const int Applies = 16_000;
    private const int Listed = 10_000;
    private const int Watches = 500;
    private const int Kept = 100_000;

    public static Benchmark Create() =>
        new("apiserver", "the embedded API: applies a second, a list of 10,000, 500 watches, 100,000 objects in memory", _ => RunAsync().GetAwaiter().GetResult());

    private static async Task<int> RunAsync()
    {
        Row("measure", "figure", "target");
        Row("start to first answer", $"{await StartAsync():F0} ms", "300 ms");
        var before = Memory();
        await using (var host = await HostAsync(null))
        {
            await CreateAsync(host, Kept);
            Row("100,000 small objects", $"{Memory() - before} MiB", "700 MiB");
        }

        await using (var host = await HostAsync(null))
        {
            Row("applies/s in memory", $"{await AppliesAsync(host):F0}", "3000");
        }

        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            await using var host = await HostAsync(folder);
            Row("applies/s with SQLite", $"{await AppliesAsync(host):F0}", "1500");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        await using (var host = await HostAsync(null))
        {
            using var client = host.CreateAdminClient();
            await CreateAsync(host, Listed);
            Row("list of 10,000 (JSON)", $"{await ListAsync(client):F0} ms", "150 ms");
            Row("500 watches, last event", $"{await WatchAsync(host, client):F0} ms", "50 ms");
        }

        return 0;
    }

    private static Task<ApiServerHost> HostAsync(string? folder) =>
        ApiServerHost.StartAsync(new ApiServerOptions { Simulation = null, DataDirectory = folder }, CancellationToken.None);

    private static async Task<double> StartAsync()
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = await HostAsync(null);
        using var client = host.CreateAdminClient();
        using var ready = await client.GetAsync("/readyz");
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Sixteen clients apply Deployments: each new, then changed, and so on.</summary>
    private static async Task<double> AppliesAsync(ApiServerHost host)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => host.CreateAdminClient()).ToList();
        await Task.WhenAll(clients.Select((c, i) => ApplyAsync(c, i, 100)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select((c, i) => ApplyAsync(c, i, Applies / Clients)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        clients.ForEach(static c => c.Dispose());
        return Applies / seconds;
    }

    private static async Task ApplyAsync(HttpClient client, int number, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"web-{number}-{i / 2}");
            var body = $$$$$$"""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"{{{{{{name}}}}}}","labels":{"app":"{{{{{{name}}}}}}"}},"spec":{"replicas":{{{{{{i}}}}}},
                "selector":{"matchLabels":{"app":"{{{{{{name}}}}}}"}},"template":{"metadata":{"labels":{"app":"{{{{{{name}}}}}}"}},"spec":{"containers":[
                {"name":"web","image":"nginx:1.27","ports":[{"containerPort":80}],"resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]}}}}
                """;
            using var content = new StringContent(body, Encoding.UTF8);
            content.Headers.ContentType = new("application/apply-patch+yaml");
            using var response = await client.PatchAsync($"/apis/apps/v1/namespaces/default/deployments/{name}?fieldManager=bench&force=true", content);
            response.EnsureSuccessStatusCode();
        }
    }

    private static async Task CreateAsync(ApiServerHost host, int count)
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => host.CreateAdminClient()).ToList();
        await Task.WhenAll(clients.Select(async (client, number) =>
        {
            for (var i = number; i < count; i += Clients)
            {
                using var content = new StringContent($$$"""{"metadata":{"name":"c-{{{i}}}","labels":{"app":"bench"}},"data":{"key":"value {{{i}}}"}}""", Encoding.UTF8);
                content.Headers.ContentType = new("application/json");
                using var response = await client.PostAsync("/api/v1/namespaces/default/configmaps", content);
                response.EnsureSuccessStatusCode();
            }
        }));
        clients.ForEach(static c => c.Dispose());
    }

    private static async Task<double> ListAsync(HttpClient client)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var bytes = await client.GetByteArrayAsync("/api/v1/namespaces/default/configmaps");
            Trace.Assert(bytes.Length > Listed * 100);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }

    private static async Task<double> WatchAsync(ApiServerHost host, HttpClient client)
    {
        var version = await client.GetStringAsync("/api/v1/namespaces/default/configmaps?limit=1");
        var at = version.IndexOf("\"resourceVersion\":\"", StringComparison.Ordinal) + 19;
        var number = version[at..version.IndexOf('"', at)];
        var clients = Enumerable.Range(0, Watches).Select(_ => host.CreateAdminClient()).ToList();
        var streams = new List<StreamReader>();
        foreach (var watcher in clients)
        {
            var stream = await watcher.GetStreamAsync($"/api/v1/namespaces/default/configmaps?watch=true&resourceVersion={number}");
            streams.Add(new StreamReader(stream));
        }

        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var lines = streams.Select(async s => await s.ReadLineAsync()).ToList();
            using var content = new StringContent($$$"""{"metadata":{"name":"seen-{{{i}}}"}}""", Encoding.UTF8);
            content.Headers.ContentType = new("application/json");
            var started = Stopwatch.GetTimestamp();
            using var response = await client.PostAsync("/api/v1/namespaces/default/configmaps", content);
            await Task.WhenAll(lines);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        streams.ForEach(static s => s.Dispose());
        clients.ForEach(static c => c.Dispose());
        return best;
    }

    /// <summary>What the process holds after a collection, in MiB.</summary>
    private static long Memory()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return Environment.WorkingSet / 1024 / 1024;
    }

    private static void Row(string measure, string figure, string target) => Console.WriteLine($"{measure,-26} {figure,12} {target,12}");
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Benchmarks;

/// <summary><c>weir apiserver</c> and <c>weir controller</c> as processes of their own, and a client that watches what they do.</summary>
internal sealed class FluxCluster : IDisposable
{
    private readonly MeasuredProcess _api;

    private FluxCluster(MeasuredProcess api, MeasuredProcess controllers, KubernetesClient client)
    {
        _api = api;
        Controllers = controllers;
        Client = client;
    }

    public MeasuredProcess Controllers { get; }

    public KubernetesClient Client { get; }

    /// <summary>Starts both; <paramref name="weir"/> is a program, or a <c>.dll</c> for <c>dotnet</c>.</summary>
    public static async Task<FluxCluster> StartAsync(string weir, string folder)
    {
        Directory.CreateDirectory(folder);
        var kubeconfig = Path.Combine(folder, "kubeconfig");
        var api = Start(weir, folder, "apiserver", "--port", Port(), "--kubeconfig-out", kubeconfig);
        while (!File.Exists(kubeconfig))
        {
            await Task.Delay(50);
        }

        await Task.Delay(500);
        if (!KubeConfigReader.Read(await File.ReadAllTextAsync(kubeconfig), folder).TryGet(out var connection))
        {
            throw new InvalidOperationException("the kubeconfig cannot be read");
        }

        var client = new KubernetesClient(connection);
        var controllers = Start(
            weir, folder, "controller", "--kubeconfig", kubeconfig, "--artifact-address", $"127.0.0.1:{Port()}", "--receiver-address", $"127.0.0.1:{Port()}", "--concurrency", "8");
        await controllers.LineAsync(static l => l.StartsWith("Controllers run", StringComparison.Ordinal)).WaitAsync(TimeSpan.FromMinutes(1));
        return new(api, controllers, client);
    }

    /// <summary>The processor time that both have used.</summary>
    public (TimeSpan Controllers, TimeSpan Api) CpuTimes() => (Controllers.CpuTime(), _api.CpuTime());

    /// <summary>Applies documents over sixteen connections.</summary>
    public Task ApplyAsync(IEnumerable<string> documents) => Parallel.ForEachAsync(
        documents,
        new ParallelOptions { MaxDegreeOfParallelism = 16 },
        async (text, cancellation) =>
        {
            foreach (var item in YamlReader.ReadStream(text).Result!)
            {
                await Client.ApplyAsync((MapValue)item, new() { FieldManager = "bench", IsForced = true }, cancellation);
            }
        });

    /// <summary>Waits until so many objects of a kind are Ready and fit; answers the time since <paramref name="started"/>.</summary>
    public async Task<TimeSpan> ReadyAsync(GroupVersionKind kind, int count, long started, TimeSpan limit, Func<MapValue, bool> fits)
    {
        var ready = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string? complaint = null;
        using var stop = new CancellationTokenSource();
        var informer = new Informer(Client, kind, new() { Namespace = "bench" });
        informer.OnChange(change =>
        {
            if (change.New is not { } value)
            {
                return;
            }

            if (value.GetMap("status")?.GetList("conditions")?.FirstOrDefault(static c => c is MapValue m && m.GetString("type") == "Ready") is MapValue condition)
            {
                if (condition.GetString("status") == "True" && fits(value))
                {
                    ready[value.Name()] = true;
                    if (ready.Count >= count)
                    {
                        done.TrySetResult();
                    }
                }
                else if (condition.GetString("status") == "False")
                {
                    complaint = $"{value.Name()}: {condition.GetString("message")}";
                }
            }
        });
        var running = informer.RunAsync(stop.Token);
        var isDone = await Task.WhenAny(done.Task, Task.Delay(limit)) == done.Task;
        var elapsed = Stopwatch.GetElapsedTime(started);
        await stop.CancelAsync();
        await running;
        return isDone ? elapsed : throw new TimeoutException($"{ready.Count} of {count} {kind.Kind} objects were Ready after {limit.TotalSeconds:F0} s; {complaint}");
    }

    public void Dispose()
    {
        Client.Dispose();
        Controllers.Dispose();
        _api.Dispose();
    }

    private static string Port() => RegistryProcess.FreePort().ToString(CultureInfo.InvariantCulture);

    private static MeasuredProcess Start(string weir, string folder, params string[] arguments) => weir.EndsWith(".dll", StringComparison.Ordinal)
        ? MeasuredProcess.Start("dotnet", folder, [weir, .. arguments])
        : MeasuredProcess.Start(weir, folder, arguments);
}

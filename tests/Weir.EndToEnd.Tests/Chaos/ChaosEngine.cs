using System.Collections.Concurrent;
using Weir.ApiServer;
using Weir.Controllers;
using Weir.Kubernetes.Client;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>The controllers of one run, which die and are started again.</summary>
internal sealed class ChaosEngine(ApiServerHost api, string space, string folder, ChaosDice dice) : IAsyncDisposable
{
    private ControllerHost? _host;
    private ChaosHandler? _handler;
    private KubernetesClient? _client;
    private int _starts;

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Completes when the present engine is dead.</summary>
    public Task Killed => _handler?.Killed.Task ?? Task.CompletedTask;

    public bool IsDead => _handler is null || _handler.Killed.Task.IsCompleted;

    public async Task StartAsync()
    {
        if (_starts > 0 && dice.Next(0, 2) == 0 && Directory.Exists(Data))
        {
            // What was fetched is lost with the pod.
            Directory.Delete(Data, recursive: true);
        }

        _starts++;
        while (true)
        {
            _handler = new ChaosHandler(dice);
            _client = new KubernetesClient(new ClusterConnection { Server = api.Address, Token = api.AdminToken }, new() { Handler = _handler });
            try
            {
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
                _host = await ControllerHost.StartAsync(
                    new()
                    {
                        Client = _client,
                        DataDirectory = Data,
                        WatchNamespace = space,
                        Concurrency = 2,
                        DependencyRetry = TimeSpan.FromMilliseconds(200),
                        ShortestRetry = TimeSpan.FromMilliseconds(50),
                        LongestRetry = TimeSpan.FromMilliseconds(500),
                        Log = e => Log.Enqueue($"{DateTime.UtcNow:mm:ss.fff} {e.Kind}/{e.Object.Name} {e.Message}{(e.Error is null ? "" : $"\n{e.Error}")}"),
                        Events = e => Log.Enqueue($"{DateTime.UtcNow:mm:ss.fff} event {e.Object["kind"]} {e.Reason} {e.Message}"),
                    },
                    limit.Token);
                return;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException)
            {
                Log.Enqueue($"the start failed: {e.Message}");
                await EndAsync();
            }
        }
    }

    /// <summary>Kills after so many more requests to the API.</summary>
    public void KillAfter(int requests) => _handler?.KillAfter(requests);

    /// <summary>Takes away what is left of a dead engine.</summary>
    public async Task BuryAsync()
    {
        Kills++;
        Log.Enqueue($"{DateTime.UtcNow:mm:ss.fff} killed");
        _handler?.Kill();
        await EndAsync();
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private string Data => Path.Combine(folder, "data");

    private async Task EndAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _client?.Dispose();
        _handler?.Dispose();
        (_host, _client, _handler) = (null, null, null);
    }
}

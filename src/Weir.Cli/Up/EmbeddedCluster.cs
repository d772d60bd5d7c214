using Weir.ApiServer;
using Weir.Controllers;
using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Cli.Up;

/// <summary>One cluster of a running fleet: its API, Weir's controllers on it, and what they have reached.</summary>
internal sealed class EmbeddedCluster : IAsyncDisposable
{
    private static readonly WriteOptions Owner = new() { FieldManager = "weir-up", IsForced = true };

    private readonly ApiServerHost _api;
    private readonly KubernetesClient _client;
    private readonly ControllerHost _controllers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private EmbeddedCluster(string name, ApiServerHost api, KubernetesClient client, ControllerHost controllers)
    {
        _api = api;
        _client = client;
        _controllers = controllers;
        Status = new ClusterStatus(name, client);
        _watching = Status.RunAsync(_stop.Token);
    }

    public ClusterStatus Status { get; }

    public string Kubeconfig => _api.AdminKubeconfig();

    /// <summary>Starts the API, installs Flux's kinds and starts the controllers. Nothing is reconciled before the root objects are there.</summary>
    public static async Task<EmbeddedCluster> StartAsync(
        string name, string directory, bool isKept, SourceMirrors mirrors, int concurrency, CancellationToken cancellationToken)
    {
        var api = await ApiServerHost.StartAsync(new ApiServerOptions { DataDirectory = isKept ? Path.Combine(directory, "api") : null }, cancellationToken);
        KubernetesClient? client = null;
        try
        {
            client = new KubernetesClient(KubeConfigReader.Read(api.AdminKubeconfig(), null).Result!);
            await ControllerHost.InstallAsync(client, cancellationToken);
            await client.ApplyAsync(RootObjects.NamespaceObject(), Owner, cancellationToken);
            var controllers = await ControllerHost.StartAsync(
                new ControllerOptions
                {
                    Client = client,
                    DataDirectory = Path.Combine(directory, "controllers"),
                    Concurrency = concurrency,
                    Mirrors = mirrors,
                },
                cancellationToken);
            return new EmbeddedCluster(name, api, client, controllers);
        }
        catch
        {
            client?.Dispose();
            await api.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates the source and the Kustomization that everything follows from.</summary>
    public async Task ApplyRootAsync(string url, string branch, string path, CancellationToken cancellationToken)
    {
        await _client.ApplyAsync(RootObjects.Source(url, branch), Owner, cancellationToken);
        await _client.ApplyAsync(RootObjects.Kustomization("./" + path), Owner, cancellationToken);
    }

    /// <summary>Asks for the root source to be looked at now.</summary>
    public Task ReconcileSourceAsync(CancellationToken cancellationToken)
    {
        var patch = new MapValue
        {
            ["metadata"] = new MapValue
            {
                ["annotations"] = new MapValue { ["reconcile.fluxcd.io/requestedAt"] = DateTimeOffset.UtcNow.ToString("O") },
            },
        };
        return _client.PatchAsync(
            GitRepository.Definition.Kind, RootObjects.Namespace, RootObjects.Name, PatchType.Merge, patch, Owner, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        await _stop.CancelAsync();
        await _watching;
        _client.Dispose();
        await _api.DisposeAsync();
        _stop.Dispose();
    }
}

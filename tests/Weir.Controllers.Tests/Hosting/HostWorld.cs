using System.Globalization;
using Weir.ApiServer;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Hosting;

/// <summary>An embedded API with Flux's kinds of its own, on which whole engines run.</summary>
public sealed class HostWorld : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-hosts-").FullName;
    private ApiServerHost _api = null!;
    private int _hosts;

    internal KubernetesClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServerHost.StartAsync(new ApiServerOptions(), CancellationToken.None);
        Client = new KubernetesClient(new ClusterConnection { Server = _api.Address, Token = _api.AdminToken, InsecureSkipTlsVerify = true });
        await ControllerHost.InstallAsync(Client, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Options of one more engine; a repository is at <c>https://git.example.com/fleet</c>.</summary>
    internal ControllerOptions Options() => new()
    {
        Client = Client,
        DataDirectory = Path.Combine(_folder, Interlocked.Increment(ref _hosts).ToString(CultureInfo.InvariantCulture)),
        Mirrors = new SourceMirrors([new SourceMirror("https://git.example.com/fleet", Path.Combine(TestData.ProjectDirectory(typeof(HostWorld).Assembly), "testdata", "tenants"))]),
    };

    internal async Task ApplyAsync(string yaml)
    {
        foreach (var document in YamlReader.ReadStream(yaml).Result!)
        {
            await Client.ApplyAsync((MapValue)document, new() { FieldManager = "tests", IsForced = true }, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until an object is as wanted, and answers it.</summary>
    internal async Task<MapValue> UntilAsync(GroupVersionKind kind, string space, string name, Func<MapValue, bool> isWanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var options = new ListOptions { Namespace = space, FieldSelector = $"metadata.name={name}" };
        while (true)
        {
            var list = await Client.ListAsync(kind, options, limit.Token);
            if (list.Items.FirstOrDefault(isWanted) is { } found)
            {
                return found;
            }

            try
            {
                await foreach (var change in Client.WatchAsync(kind, options, list.ResourceVersion, limit.Token))
                {
                    if (change.Type is WatchEventType.Added or WatchEventType.Modified && isWanted(change.Object))
                    {
                        return change.Object;
                    }
                }
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                var last = await Client.FindAsync(kind, space, name, CancellationToken.None);
                throw new TimeoutException($"{kind.Kind} {space}/{name} is not as wanted: {(last is null ? "absent" : YamlWriter.Write(last))}");
            }
        }
    }

    /// <summary>The Ready condition as <c>True Reason message</c>.</summary>
    internal static string Ready(MapValue value) => Sources.SourceScene.Condition(value, "Ready");
}

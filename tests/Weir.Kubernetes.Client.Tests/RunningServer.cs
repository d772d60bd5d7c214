using Weir.ApiServer;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Client.Tests;

/// <summary>An embedded API server without simulated workloads, on loopback, with an administrator's client.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    public static GroupVersionKind ConfigMap { get; } = new("", "v1", "ConfigMap");

    private ApiServerHost? _host;

    public KubernetesClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiServerHost.StartAsync(new ApiServerOptions { Simulation = null }, CancellationToken.None);
        Client = new KubernetesClient(KubeConfigReader.Read(_host.AdminKubeconfig(), null).Result!);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    public static MapValue Map(string text) => (MapValue)YamlReader.Read(text).Result!;

    public static MapValue ConfigMapOf(string name, string data = "{}", string metadata = "") => Map($$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{name}}, namespace: default{{(metadata.Length == 0 ? "" : ", " + metadata)}}}
        data: {{data}}
        """);
}

using System.Net;
using System.Text;
using Weir.ApiServer;
using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.EndToEnd.Tests;

/// <summary><c>weir controller</c> as an operator runs it: its log, its addresses, its spans and its end.</summary>
public sealed class ControllerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-controller-").FullName;
    private ApiServerHost _api = null!;
    private KubernetesClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServerHost.StartAsync(new ApiServerOptions(), CancellationToken.None);
        _api.WriteAdminKubeconfig(Path.Combine(_folder, "kubeconfig"));
        _client = new KubernetesClient(new ClusterConnection { Server = _api.Address, Token = _api.AdminToken, InsecureSkipTlsVerify = true });
        Directory.CreateDirectory(Path.Combine(_folder, "files"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "files", "a.yaml"), "a: b\n");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Logs_metrics_probes_and_spans_are_there_and_it_stops_when_asked()
    {
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var (metrics, health) = (FreePort(), FreePort());
        var log = Path.Combine(_folder, "weir.log");
        var environment = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_SERVICE_NAME"] = "weir-under-test",
        };
        await using var weir = WeirProcess.Start(
            _folder, environment,
            [
                "controller", "--kubeconfig", "kubeconfig", "--artifact-address", "127.0.0.1:0", "--metrics-addr", $"127.0.0.1:{metrics}", "--health-addr", $"127.0.0.1:{health}",
                "--log-file", log, "--mirror", $"https://git.example.com/one={Path.Combine(_folder, "files")}", "--enable-leader-election", "--log-level", "debug",
            ]);
        await weir.SeesAsync("error retrieving resource lock flux-system/source-controller-leader-election: namespaces \\\"flux-system\\\" not found", TimeSpan.FromSeconds(60));
        await _client.CreateAsync((MapValue)YamlReader.Read("{apiVersion: v1, kind: Namespace, metadata: {name: flux-system}}").Result!, new WriteOptions(), TestContext.Current.CancellationToken);
        await weir.SeesAsync("successfully acquired leader leases", TimeSpan.FromSeconds(60));
        await _client.CreateAsync(
            (MapValue)YamlReader.Read("{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: one, namespace: default}, spec: {interval: 1h, url: 'https://git.example.com/one'}}").Result!,
            new WriteOptions(), TestContext.Current.CancellationToken);
        await weir.SeesAsync("\"msg\":\"stored artifact for", TimeSpan.FromSeconds(30));

        var request = await collector.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        using var body = new MemoryStream();
        await request.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
        request.Response.Close();
        Assert.Equal("/v1/traces", request.Request.Url!.AbsolutePath);
        var text = Encoding.Latin1.GetString(body.ToArray());
        Assert.Contains("weir-under-test", text, StringComparison.Ordinal);
        Assert.Contains("reconcile GitRepository", text, StringComparison.Ordinal);

        using var http = new HttpClient();
        Assert.Contains("leader_election_master_status{name=\"source-controller-leader-election\"} 1", await http.GetStringAsync($"http://127.0.0.1:{metrics}/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync($"http://127.0.0.1:{health}/readyz", TestContext.Current.CancellationToken));

        Assert.Equal(0, await weir.TerminateAsync());
        var line = (MapValue)JsonReader.Read(Encoding.UTF8.GetBytes(weir.Output.Split('\n').First(static l => l.Contains("\"msg\":\"stored artifact", StringComparison.Ordinal)))).Result!;
        Assert.Equal(
            ["level", "ts", "msg", "controller", "controllerGroup", "controllerKind", "GitRepository", "namespace", "name", "reconcileID", "trace_id"],
            line.Select(static f => f.Key));
        Assert.Equal(("info", "gitrepository", "one"), (line.GetString("level"), line.GetString("controller"), line.GetString("name")));
        Assert.Equal(32, line.GetString("trace_id")!.Length);

        var (code, printed) = await WeirProcess.RunAsync(_folder, "logs", "--log-file", log, "--kind", "GitRepository", "-n", "default", "--level", "info");
        Assert.Equal(0, code);
        Assert.Matches("^\\S+Z info GitRepository/one\\.default - stored artifact for", printed);

        // The Leases are free at once.
        var lease = await _client.GetAsync(new("coordination.k8s.io", "v1", "Lease"), "flux-system", "source-controller-leader-election", TestContext.Current.CancellationToken);
        Assert.Equal("", lease.GetMap("spec")!.GetString("holderIdentity") ?? "");
    }

    [Theory]
    [InlineData("--log-level 'loud' is not known; it is trace, debug, info or error", "--log-level", "loud")]
    [InlineData("--log-encoding 'xml' is not known; it is json or console", "--log-encoding", "xml")]
    [InlineData("--requeue-dependency 'soon' is no duration; write it as 90s or 5m", "--requeue-dependency", "soon")]
    [InlineData("unable to configure watch label selector 'a in'", "--watch-label-selector", "a in")]
    [InlineData("--leader-election-retry-period must be shorter", "--leader-election-retry-period", "1h")]
    [InlineData("'8080' is no address", "--metrics-addr", "8080")]
    [InlineData("--events-addr", "--events-addr", "http://example.com")]
    public async Task Wrong_flags_are_told(string message, params string[] flags)
    {
        var (code, output) = await WeirProcess.RunAsync(_folder, ["controller", "--kubeconfig", "kubeconfig", "--artifact-address", "127.0.0.1:0", "--install-crds=false", .. flags]);
        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

using System.CommandLine;
using System.Diagnostics;
using Weir.ApiServer;
using Weir.Controllers;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

[assembly: AssemblyFixture(typeof(Weir.Cli.Tests.Verbs.LiveCluster))]

namespace Weir.Cli.Tests.Verbs;

/// <summary>An embedded API server with running controllers, a repository that they apply, and the program that is asked about it.</summary>
public sealed class LiveCluster : IAsyncLifetime
{
    private const string Url = "https://git.example.com/fleet";
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-verbs-").FullName;
    private ApiServerHost _api = null!;
    private ControllerHost _controllers = null!;

    internal KubernetesClient Client { get; private set; } = null!;

    /// <summary>The commit that the cluster runs.</summary>
    internal string Commit { get; private set; } = "";

    internal string Folder => _folder;

    private string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public async ValueTask InitializeAsync()
    {
        await CommitAsync();
        _api = await ApiServerHost.StartAsync(new ApiServerOptions(), CancellationToken.None);
        _api.WriteAdminKubeconfig(Kubeconfig);
        Client = new KubernetesClient(new ClusterConnection { Server = _api.Address, Token = _api.AdminToken, InsecureSkipTlsVerify = true });
        await ControllerHost.InstallAsync(Client, CancellationToken.None);
        foreach (var space in (string[])["flux-system", "empty"])
        {
            await CreateAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {space}}}}}");
        }

        _controllers = await ControllerHost.StartAsync(
            new()
            {
                Client = Client,
                DataDirectory = Path.Combine(_folder, "data"),
                Mirrors = new SourceMirrors([new SourceMirror(Url, Path.Combine(_folder, "repository"))]),
            },
            CancellationToken.None);
        await CreateAsync(GitRepository("fleet"));
        await CreateAsync(Kustomization("apps", "./apps"));
        await CreateAsync(Kustomization("broken", "./missing"));
        await CreateAsync("{apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: {name: registry, namespace: flux-system}, spec: {type: oci, url: 'oci://registry.example.com/charts'}}");
        await ReadyAsync(Flux.Kustomization.Kind, "apps", "True");
        await ReadyAsync(Flux.Kustomization.Kind, "nested", "True");
        await ReadyAsync(HelmRelease.Kind, "app", "True");
        await ReadyAsync(Flux.Kustomization.Kind, "broken", "False");
    }

    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        Client.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal static string GitRepository(string name) =>
        $"{{apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {{name: {name}, namespace: flux-system, labels: {{shard: one}}}}, spec: {{interval: 1h, url: '{Url}', ref: {{branch: main}}}}}}";

    internal static string Kustomization(string name, string path, string source = "fleet") =>
        $"{{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {{name: {name}, namespace: flux-system}}, spec: {{interval: 1h, path: {path}, prune: true, sourceRef: {{kind: GitRepository, name: {source}}}}}}}";

    internal Task<MapValue> CreateAsync(string yaml) =>
        Client.CreateAsync((MapValue)YamlReader.Read(yaml).Result!, new WriteOptions(), CancellationToken.None);

    internal Task<MapValue> GetAsync(GroupVersionKind kind, string name) => Client.GetAsync(kind, "flux-system", name, CancellationToken.None);

    /// <summary>Waits until an object's Ready condition has a status.</summary>
    internal async Task ReadyAsync(GroupVersionKind kind, string name, string status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var options = new ListOptions { Namespace = "flux-system", FieldSelector = $"metadata.name={name}" };
        var list = await Client.ListAsync(kind, options, limit.Token);
        if (list.Items.Any(o => Getting.FluxRow.Matches(o, "Ready", status)))
        {
            return;
        }

        await foreach (var change in Client.WatchAsync(kind, options, list.ResourceVersion, limit.Token))
        {
            if (Getting.FluxRow.Matches(change.Object, "Ready", status))
            {
                return;
            }
        }
    }

    /// <summary>Runs the program against the cluster.</summary>
    internal async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await WeirProgram.RunAsync(
            [.. arguments, "--kubeconfig", Kubeconfig],
            new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false },
            TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    private async Task CommitAsync()
    {
        Write("apps/settings.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: flux-system}\ndata: {a: b}\n");
        Write("apps/nested.yaml", Kustomization("nested", "./nested"));
        Write("apps/release.yaml", "{apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, metadata: {name: app, namespace: flux-system}, spec: {interval: 1h, chart: {spec: {chart: ./chart, sourceRef: {kind: GitRepository, name: fleet}}}}}");
        Write("nested/inner.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: inner, namespace: flux-system}\n");
        Write("other/inner.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: flux-system}\n");
        Write("chart/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.2.3\n");
        Write("chart/templates/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: released}\ndata: {a: b}\n");
        await GitAsync("init", "-q", "-b", "main");
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one");
        Commit = (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, "repository", path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private async Task<string> GitAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Path.Combine(_folder, "repository"), RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

using System.Globalization;
using Weir.ApiServer;
using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Artifacts;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

[assembly: AssemblyFixture(typeof(Weir.Controllers.Tests.Sources.SourceWorld))]

namespace Weir.Controllers.Tests.Sources;

/// <summary>An embedded API with Flux's kinds, a store, and reconcilers that are called by hand: nothing runs in the background.</summary>
public sealed class SourceWorld : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-sources-").FullName;
    private ApiServerHost _api = null!;
    private int _namespaces;

    internal KubernetesClient Client { get; private set; } = null!;

    internal ArtifactStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ApiServerHost.StartAsync(new ApiServerOptions(), CancellationToken.None);
        Client = new KubernetesClient(new ClusterConnection { Server = _api.Address, Token = _api.AdminToken, InsecureSkipTlsVerify = true });
        await ControllerHost.InstallAsync(Client, CancellationToken.None);
        Store = new ArtifactStore(Path.Combine(_folder, "artifacts"), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A namespace of one test, with mirrors of <c>testdata</c> for its URLs.</summary>
    internal async Task<SourceScene> EnterAsync(params (string Prefix, string Path, string Directory)[] mirrors)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test-{Interlocked.Increment(ref _namespaces)}");
        await Client.CreateAsync(
            new MapValue { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new MapValue { ["name"] = name } },
            new WriteOptions(),
            TestContext.Current.CancellationToken);
        var found = new SourceMirrors(mirrors.Select(m => new SourceMirror(
            m.Prefix,
            Path.IsPathRooted(m.Path) ? m.Path : Path.Combine(TestData.ProjectDirectory(typeof(SourceWorld).Assembly), "testdata", m.Path),
            m.Directory)));
        return new SourceScene(this, name, found, new GitClient(Path.Combine(_folder, "git")));
    }
}

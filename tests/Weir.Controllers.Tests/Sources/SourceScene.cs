using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Artifacts;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Sources;

/// <summary>One test's namespace and reconcilers.</summary>
internal sealed class SourceScene : IDisposable
{
    private const int MostRuns = 3;

    private readonly SourceWorld _world;
    private readonly RemoteSources _remotes;
    private readonly List<IReconciler> _reconcilers;

    public SourceScene(SourceWorld world, string space, SourceMirrors mirrors, GitClient git)
    {
        _world = world;
        Namespace = space;
        _remotes = new RemoteSources(mirrors, TimeProvider.System);
        var events = new EventRecorder(world.Client, TimeProvider.System, e => Events.Add($"{e.Severity} {e.Reason} {e.Message}"));
        var services = new SourceServices(
            world.Client, new ControllerSettings(TimeProvider.System, new Random(1)), events, world.Store, new Uri("http://artifacts.test/"));
        _reconcilers =
        [
            new GitRepositoryController(services, git, mirrors),
            new OciRepositoryController(services, _remotes),
            new HelmRepositoryController(services, _remotes),
            new HelmChartController(services, _remotes),
            new BucketController(services, _remotes),
        ];
    }

    public string Namespace { get; }

    public List<string> Events { get; } = [];

    public void Dispose() => _remotes.Dispose();

    /// <summary>Creates an object, or gives it another spec, and reconciles it until it has no more to do at once.</summary>
    public async Task<MapValue> ReconcileAsync(string yaml)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var wanted = (MapValue)YamlReader.Read(yaml).Result!;
        wanted.GetOrAddMap("metadata")["namespace"] = Namespace;
        var kind = wanted.GroupVersionKind();
        var name = wanted.Name();
        if (await _world.Client.FindAsync(kind, Namespace, name, cancellation) is { } live)
        {
            live["spec"] = wanted["spec"]!;
            await _world.Client.UpdateAsync(live, new WriteOptions(), cancellation);
        }
        else
        {
            await _world.Client.CreateAsync(wanted, new WriteOptions(), cancellation);
        }

        return await ReconcileAsync(kind, name);
    }

    /// <summary>Creates a Secret with texts.</summary>
    public Task<MapValue> CreateSecretAsync(string name, params (string Key, string Text)[] entries)
    {
        var data = new MapValue();
        foreach (var (key, text) in entries)
        {
            data[key] = text;
        }

        return _world.Client.CreateAsync(
            new MapValue { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = new MapValue { ["name"] = name, ["namespace"] = Namespace }, ["stringData"] = data },
            new WriteOptions(),
            TestContext.Current.CancellationToken);
    }

    /// <summary>Reconciles an object that is there.</summary>
    public async Task<MapValue> ReconcileAsync(GroupVersionKind kind, string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var reconciler = _reconcilers.Single(r => r.Kind == kind);
        for (var i = 0; i < MostRuns; i++)
        {
            var result = await reconciler.ReconcileAsync(new(Namespace, name), cancellation, cancellation);
            if (result != ReconcileResult.Again)
            {
                break;
            }
        }

        return (await _world.Client.FindAsync(kind, Namespace, name, cancellation))!;
    }

    /// <summary><c>True Succeeded message</c> of a condition; empty when it is not there.</summary>
    public static string Condition(MapValue value, string type)
    {
        foreach (var item in value.GetMap("status")?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == type)
            {
                return $"{condition.GetString("status")} {condition.GetString("reason")} {condition.GetString("message")}";
            }
        }

        return "";
    }

    public static string Artifact(MapValue value, string field) => value.At("status", "artifact", field)?.ToString() ?? "";

    public static string Mirror(MapValue value) => value.At("status", "artifact", "metadata", MirrorNote.Key)?.ToString() ?? "";

    /// <summary>The stored file of an object.</summary>
    public byte[] Stored(MapValue value)
    {
        using var file = _world.Store.Open(Artifact(value, "path"))!;
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }

    public IReadOnlyCollection<string> StoredPaths(MapValue value) => TarGz.Read(new MemoryStream(Stored(value))).Paths;
}

using System.Collections.Concurrent;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Engine;

/// <summary>The controllers at work in a namespace of one test; OCI artifacts are answered from folders of the test.</summary>
internal sealed class EngineScene : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly KubernetesClient _client;
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-engine-").FullName;
    private ControllerHost _host = null!;
    private int _requests;

    private EngineScene(KubernetesClient client, string space)
    {
        _client = client;
        Namespace = space;
    }

    public string Namespace { get; }

    public ConcurrentQueue<FluxEvent> Events { get; } = [];

    public ConcurrentQueue<LogEntry> Log { get; } = [];

    public static async Task<EngineScene> StartAsync(SourceWorld world, Func<ControllerOptions, ControllerOptions>? configure = null)
    {
        using var space = await world.EnterAsync();
        var scene = new EngineScene(world.Client, space.Namespace);
        var options = new ControllerOptions
        {
            Client = world.Client,
            DataDirectory = Path.Combine(scene._folder, "data"),
            WatchNamespace = scene.Namespace,
            Mirrors = new SourceMirrors([new SourceMirror("oci://engine.test", Path.Combine(scene._folder, "oci"))]),
            Events = scene.Events.Enqueue,
            Log = scene.Log.Enqueue,
        };
        scene._host = await ControllerHost.StartAsync(configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        return scene;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Writes a file of an artifact, or removes it.</summary>
    public void Write(string artifact, string path, string? text)
    {
        var full = Path.Combine(_folder, "oci", artifact, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        if (text is null)
        {
            File.Delete(full);
        }
        else
        {
            File.WriteAllText(full, text);
        }
    }

    /// <summary>Writes a ConfigMap into an artifact.</summary>
    public void WriteConfigMap(string artifact, string name, string color) =>
        Write(artifact, $"{name}.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: {Namespace}\ndata:\n  color: {color}\n");

    public async Task ApplyAsync(string yaml)
    {
        foreach (var item in YamlReader.ReadStream(yaml).Result!)
        {
            var value = (MapValue)item;
            value.GetOrAddMap("metadata")["namespace"] = Namespace;
            await _client.ApplyAsync(value, new() { FieldManager = "test", IsForced = true }, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An artifact's source and a Kustomization of it.</summary>
    public Task KustomizeAsync(string name, string spec = "", string annotations = "") => ApplyAsync($$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: {{name}} }
        spec: {interval: 1h, url: "oci://engine.test/{{name}}", ref: {tag: v1} }
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: {{name}}, annotations: { {{annotations}} } }
        spec: {interval: 1h, retryInterval: 1h, prune: true, path: ./, sourceRef: {kind: OCIRepository, name: {{name}} }, {{spec}} }
        """);

    /// <summary>Asks for a reconciliation and waits for its end.</summary>
    public async Task<MapValue> RequestAsync(GroupVersionKind kind, string name)
    {
        var token = $"request-{Interlocked.Increment(ref _requests)}";
        await PatchAsync(kind, name, new MapValue { ["metadata"] = new MapValue { ["annotations"] = new MapValue { [Annotations.RequestedAt] = token } } });
        return await UntilAsync(kind, name, v => v?.GetMap("status")?.GetString("lastHandledReconcileAt") == token && !Condition(v, ConditionTypes.Ready).StartsWith("Unknown", StringComparison.Ordinal));
    }

    public Task PatchAsync(GroupVersionKind kind, string name, MapValue patch, string manager = "somebody", string subresource = "") => _client.PatchAsync(
        kind, Namespace, name, PatchType.Merge, patch, new() { FieldManager = manager, Subresource = subresource }, TestContext.Current.CancellationToken);

    public Task DeleteAsync(GroupVersionKind kind, string name) =>
        _client.DeleteAsync(kind, Namespace, name, DeleteOptions.Background, TestContext.Current.CancellationToken);

    public Task<MapValue?> FindAsync(GroupVersionKind kind, string name) => _client.FindAsync(kind, Namespace, name, TestContext.Current.CancellationToken);

    public Task<MapValue> ReadyAsync(GroupVersionKind kind, string name) =>
        UntilAsync(kind, name, static v => v is not null && Condition(v, ConditionTypes.Ready).StartsWith("True", StringComparison.Ordinal));

    /// <summary>Follows an object until it is as it should be; <see langword="null"/> stands for one that is not there.</summary>
    public async Task<MapValue> UntilAsync(GroupVersionKind kind, string name, Func<MapValue?, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var options = new ListOptions { Namespace = Namespace, FieldSelector = $"metadata.name={name}" };
        MapValue? last = null;
        try
        {
            var list = await _client.ListAsync(kind, options, limit.Token);
            last = list.Items.Count == 0 ? null : list.Items[0];
            if (condition(last))
            {
                return last ?? [];
            }

            await foreach (var change in _client.WatchAsync(kind, options, list.ResourceVersion, limit.Token))
            {
                if (change.Type != WatchEventType.Bookmark)
                {
                    last = change.Type == WatchEventType.Deleted ? null : change.Object;
                    if (condition(last))
                    {
                        return last ?? [];
                    }
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        Assert.Fail($"{kind.Kind} {name} did not become what it should; it is\n{(last is null ? "gone" : YamlWriter.Write(last))}\nlog:\n{string.Join('\n', Log)}");
        return [];
    }

    /// <summary><c>True Reason message</c> of a condition; empty when it is not there.</summary>
    public static string Condition(MapValue value, string type) => SourceScene.Condition(value, type);

    /// <summary>How often an object was reconciled with its present rendering and outcome.</summary>
    public static long Runs(MapValue kustomization)
    {
        var runs = 0L;
        foreach (var item in kustomization.GetMap("status")?.GetList("history") ?? [])
        {
            runs += ((MapValue)item).GetInt("totalReconciliations") ?? 0;
        }

        return runs;
    }
}

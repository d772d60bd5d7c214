using System.Collections.Concurrent;
using Weir.Cli.Getting;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Up;

/// <summary>Watches the Flux objects of one cluster and keeps their newest state.</summary>
internal sealed class ClusterStatus
{
    private static readonly KindDefinition[] Watched =
    [
        GitRepository.Definition, OciRepository.Definition, HelmRepository.Definition, Bucket.Definition, HelmChart.Definition,
        Kustomization.Definition, HelmRelease.Definition,
    ];

    private readonly ConcurrentDictionary<ObjectKey, MapValue> _objects = new();
    private readonly List<Informer> _informers = [];

    public ClusterStatus(string name, KubernetesClient client)
    {
        Name = name;
        foreach (var definition in Watched)
        {
            var informer = new Informer(client, definition.Kind, ListOptions.All);
            informer.OnChange(Changed);
            _informers.Add(informer);
        }
    }

    /// <summary>The cluster's name.</summary>
    public string Name { get; }

    /// <summary>Raised with each object that changed; runs on the watch's own loop.</summary>
    public event Action<ClusterStatus, MapValue>? ObjectChanged;

    /// <summary>The objects as last seen, sources first, then by namespace and name.</summary>
    public IReadOnlyList<MapValue> Objects => [.. _objects.Values
        .OrderBy(o => Array.FindIndex(Watched, d => d.Kind.Kind == o.GetString("kind")))
        .ThenBy(o => o.Namespace(), StringComparer.Ordinal).ThenBy(o => o.Name(), StringComparer.Ordinal)];

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_informers.Select(i => i.RunAsync(cancellationToken)));

    /// <summary>
    /// True when every object that is not suspended is Ready, everything that follows the root source has applied the commit, and
    /// every Flux object that was applied has been seen: watches of different kinds do not arrive in step.
    /// </summary>
    public bool IsReady(string commit) =>
        _objects.Values.All(IsReady)
        && _objects.Values.Any(o => IsRoot(o) && AppliedRevision(o).EndsWith(commit, StringComparison.Ordinal))
        && _objects.Values.All(o => !FollowsRoot(o) || AppliedRevision(o).EndsWith(commit, StringComparison.Ordinal))
        && _objects.Values.SelectMany(RootCause.FluxObjectsApplied).All(label => _objects.Values.Any(o => RootCause.Label(o) == label));

    /// <summary>Whether the objects of a kind are watched here.</summary>
    public static bool Watches(string group, string kind) => Watched.Any(d => d.Kind.Group == group && d.Kind.Kind == kind);

    public static bool IsReady(MapValue value)
    {
        var row = FluxRow.Of(value);
        return row.Suspended || IsStatic(value) || (row.Ready == "True" && row.IsCurrent);
    }

    private static string AppliedRevision(MapValue value) => value.GetMap("status")?.GetString("lastAppliedRevision") ?? "";

    private static bool IsRoot(MapValue value) =>
        value.GetString("kind") == Kustomization.Definition.Kind.Kind && value.Name() == RootObjects.Name && value.Namespace() == RootObjects.Namespace;

    private static bool FollowsRoot(MapValue value)
    {
        if (value.GetString("kind") != Kustomization.Definition.Kind.Kind || FluxRow.Of(value).Suspended)
        {
            return false;
        }

        var source = value.At("spec", "sourceRef") as MapValue;
        return source?.GetString("kind") == GitRepository.Definition.Kind.Kind
            && source.GetString("name") == RootObjects.Name
            && (source.GetString("namespace") ?? value.Namespace()) == RootObjects.Namespace;
    }

    // A HelmRepository for an OCI registry has nothing to reconcile and no conditions.
    private static bool IsStatic(MapValue value) =>
        value.GetString("kind") == HelmRepository.Definition.Kind.Kind && value.At("spec", "type") is StringValue { Value: "oci" };

    private void Changed(InformerEvent change)
    {
        if (change.New is { } value)
        {
            _objects[value.Key()] = value;
            ObjectChanged?.Invoke(this, value);
        }
        else if (change.Old is { } gone)
        {
            _objects.TryRemove(gone.Key(), out _);
        }
    }
}

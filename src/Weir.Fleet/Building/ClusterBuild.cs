using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Builds one cluster: the root Kustomization, then whatever Flux objects come out, until nothing new does. A unit is built when
/// the ConfigMaps, Secrets and sources that it names are known, so the order of files makes no difference.
/// </summary>
internal sealed class ClusterBuild(ClusterRoot root, FleetSide side, FleetBuildOptions options, FleetSources sources, RenderMemory memory)
{
    private readonly ClusterState _state = new();
    private readonly List<PendingUnit> _pending = [];
    private readonly HashSet<ObjectKey> _seen = [];
    private readonly List<BuiltUnit> _done = [];

    public async Task<BuiltCluster> RunAsync(CancellationToken cancellationToken)
    {
        _state.Add(root.Source);
        Enqueue(root.Kustomization, null);
        var build = new UnitBuild(root, side, options, sources, memory, _state);
        while (_pending.Count > 0)
        {
            var batch = Next();
            _pending.RemoveAll(batch.Contains);
            var built = await Task.WhenAll(batch.Select(unit =>
                Task.Run(() => build.RunAsync(unit, cancellationToken), cancellationToken))).ConfigureAwait(false);
            foreach (var unit in built)
            {
                Adopt(unit);
            }
        }

        return new(root.Name, _done);
    }

    private void Adopt(BuiltUnit unit)
    {
        _done.Add(unit);
        foreach (var value in unit.Objects)
        {
            _state.Add(WithNamespace(unit, value));
            if (value.GroupVersionKind() is var kind
                && (kind.Group, kind.Kind) is ("kustomize.toolkit.fluxcd.io", "Kustomization") or ("helm.toolkit.fluxcd.io", "HelmRelease"))
            {
                Enqueue(value, unit.Id);
            }
        }
    }

    // Objects of a release without a namespace go to the release's.
    private static MapValue WithNamespace(BuiltUnit unit, MapValue value)
    {
        if (unit.Id.Kind != HelmRelease.Kind.Kind || value.Namespace().Length > 0)
        {
            return value;
        }

        var copy = value.DeepClone();
        copy.GetOrAddMap("metadata")["namespace"] = unit.Id.Namespace;
        return copy;
    }

    private void Enqueue(MapValue definition, UnitId? parent)
    {
        // The root Kustomization is often part of what it applies.
        if (_seen.Add(definition.Key()))
        {
            var kind = definition.GetString("kind") ?? "";
            _pending.Add(new(new UnitId(root.Name, kind, definition.Namespace(), definition.Name()), definition, parent));
        }
    }

    // Whoever has all it names; else whoever lacks only what is optional; else everybody, to say what they lack.
    private List<PendingUnit> Next()
    {
        var complete = _pending.FindAll(u => Needs(u).All(n => IsKnown(n.Key)));
        if (complete.Count > 0)
        {
            return complete;
        }

        var sufficient = _pending.FindAll(u => Needs(u).All(n => n.IsOptional || IsKnown(n.Key)));
        return sufficient.Count > 0 ? sufficient : [.. _pending];
    }

    // Which ArtifactGenerator makes an ExternalArtifact shows only when it is built.
    private bool IsKnown(ObjectKey key) =>
        key.Kind == ExternalArtifact.Kind.Kind ? _state.Generators(key.Namespace).Any() : _state.Find(key) is not null;

    private static IEnumerable<(ObjectKey Key, bool IsOptional)> Needs(PendingUnit unit)
    {
        var spec = unit.Definition.GetMap("spec");
        var space = unit.Id.Namespace;
        foreach (var source in new[] { spec?.GetMap("sourceRef"), spec?.GetMap("chartRef"), spec?.At("chart", "spec", "sourceRef") as MapValue })
        {
            if (source is not null)
            {
                yield return (ClusterState.SourceKey(source, space), false);
            }
        }

        foreach (var list in new[] { spec?.GetList("valuesFrom"), spec?.At("postBuild", "substituteFrom") as ListValue })
        {
            foreach (var reference in list?.OfType<MapValue>() ?? [])
            {
                yield return (
                    new ObjectKey("", reference.GetString("kind") ?? "", space, reference.GetString("name") ?? ""),
                    reference.GetBool("optional") == true);
            }
        }
    }
}

using System.Globalization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Keeps the numbered pods of StatefulSets and their volume claims: one after the other, upwards, and updated downwards.</summary>
internal sealed class StatefulSetController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("apps", "v1", "statefulsets"), "statefulset-controller")
{
    public const string RevisionLabel = "controller-revision-hash";

    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");
    private readonly ServedResource _claims = cluster.Resource("", "v1", "persistentvolumeclaims");
    private readonly ControllerRevisions _revisions = new(cluster, "statefulset-controller");

    protected override ResourceTable? OwnedTable => _pods.Table;

    protected override async Task ReconcileAsync(StoredObject item)
    {
        var value = item.Decode();
        var status = value.GetMap("status")?.DeepClone() ?? [];
        if (item.IsTerminating)
        {
            return;
        }

        var (update, _) = await _revisions.EnsureAsync(Resource, value).ConfigureAwait(false);
        var current = status.GetString("currentRevision") ?? update;
        await StepAsync(item, value, current, update).ConfigureAwait(false);
        Count(item, value, status, current, update);
        await WriteStatusAsync(value, status).ConfigureAwait(false);
        var used = Pods(item).Select(static p => p.Stored.Label(RevisionLabel) ?? "").ToHashSet(StringComparer.Ordinal);
        used.UnionWith([update, status.GetString("currentRevision") ?? ""]);
        await _revisions.TrimAsync(value, used).ConfigureAwait(false);
    }

    /// <summary>One step: the next pod, or one pod less, or one pod of an old revision less.</summary>
    private async Task StepAsync(StoredObject item, MapValue value, string current, string update)
    {
        var spec = value.GetMap("spec") ?? [];
        var start = spec.GetMap("ordinals")?.GetInt("start") ?? 0;
        var wanted = spec.GetInt("replicas") ?? 1;
        var isParallel = spec.GetString("podManagementPolicy") == "Parallel";
        var partition = spec.At("updateStrategy", "rollingUpdate", "partition") is IntValue number ? number.Value : 0;
        var pods = Pods(item).ToDictionary(static p => p.Stored.Name, StringComparer.Ordinal);
        for (var ordinal = start; ordinal < start + wanted; ordinal++)
        {
            var name = $"{item.Name}-{ordinal.ToString(CultureInfo.InvariantCulture)}";
            if (pods.TryGetValue(name, out var pod) && pod.IsFinished && !pod.Stored.IsTerminating)
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
                return;
            }

            if (pod is null)
            {
                if (SimulatedBehaviour.Of(spec.GetMap("template"), value).Failure == SimulatedBehaviour.Quota)
                {
                    return;
                }

                await CreateClaimsAsync(item, spec, ordinal).ConfigureAwait(false);
                await CreatePodAsync(item, value, ordinal, name, ordinal - start < partition ? current : update).ConfigureAwait(false);
            }

            if (!isParallel && (pod is null || !IsAvailable(pod, spec)))
            {
                return;
            }
        }

        var surplus = pods.Values.Where(p => Ordinal(item, p) is var o && (o < start || o >= start + wanted)).OrderByDescending(p => Ordinal(item, p)).ToList();
        foreach (var pod in surplus)
        {
            if (!pod.Stored.IsTerminating)
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
            }

            if (!isParallel)
            {
                return;
            }
        }

        if (spec.GetMap("updateStrategy")?.GetString("type") == "OnDelete")
        {
            return;
        }

        for (var ordinal = start + wanted - 1; ordinal >= start + partition; ordinal--)
        {
            if (!pods.TryGetValue($"{item.Name}-{ordinal.ToString(CultureInfo.InvariantCulture)}", out var pod))
            {
                return;
            }

            if (pod.Stored.Label(RevisionLabel) != update && !pod.Stored.IsTerminating)
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
                return;
            }

            if (!IsAvailable(pod, spec))
            {
                return;
            }
        }
    }

    private async Task CreatePodAsync(StoredObject item, MapValue value, long ordinal, string name, string revision)
    {
        var template = value.At("spec", "template") as MapValue ?? [];
        var pod = PodTemplates.Pod(Resource, value, template);
        var metadata = pod.GetMap("metadata")!;
        metadata["name"] = name;
        var labels = metadata.GetOrAddMap("labels");
        labels["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture);
        labels[RevisionLabel] = revision;
        labels["statefulset.kubernetes.io/pod-name"] = name;
        var spec = pod.GetMap("spec")!;
        spec["hostname"] = name;
        if (value.GetMap("spec")?.GetString("serviceName") is { Length: > 0 } service)
        {
            spec["subdomain"] = service;
        }

        foreach (var claim in ClaimTemplates(value.GetMap("spec")))
        {
            if (spec.GetList("volumes") is not { } volumes)
            {
                spec["volumes"] = volumes = [];
            }

            volumes.RemoveAll(v => v is MapValue volume && volume.GetString("name") == claim.Name());
            volumes.Add(new MapValue
            {
                ["name"] = claim.Name(),
                ["persistentVolumeClaim"] = new MapValue { ["claimName"] = $"{claim.Name()}-{name}" },
            });
        }

        await Cluster.CreateAsync(_pods, item.Namespace, pod, Account).ConfigureAwait(false);
    }

    private async Task CreateClaimsAsync(StoredObject item, MapValue spec, long ordinal)
    {
        foreach (var template in ClaimTemplates(spec))
        {
            var name = $"{template.Name()}-{item.Name}-{ordinal.ToString(CultureInfo.InvariantCulture)}";
            if (_claims.Table.Objects.Find(item.Namespace, name) is not null)
            {
                continue;
            }

            var metadata = new MapValue { ["name"] = name };
            var labels = template.GetMap("metadata")?.GetMap("labels")?.DeepClone() ?? [];
            foreach (var (key, label) in spec.GetMap("selector")?.GetMap("matchLabels") ?? [])
            {
                labels[key] = label;
            }

            metadata["labels"] = labels;
            if (template.GetMap("metadata")?.GetMap("annotations") is { } annotations)
            {
                metadata["annotations"] = annotations.DeepClone();
            }

            try
            {
                await Cluster.CreateAsync(_claims, item.Namespace, new MapValue { ["metadata"] = metadata, ["spec"] = template.GetMap("spec")?.DeepClone() ?? [] }, Account)
                    .ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.Status.Reason == "AlreadyExists")
            {
                // Made meanwhile.
            }
        }
    }

    private void Count(StoredObject item, MapValue value, MapValue status, string current, string update)
    {
        var spec = value.GetMap("spec") ?? [];
        var wanted = spec.GetInt("replicas") ?? 1;
        var pods = Pods(item);
        var counts = WorkloadPods.Count(pods, spec.GetInt("minReadySeconds") ?? 0, Cluster.Now);
        long updated = pods.LongCount(p => p.IsActive && p.Stored.Label(RevisionLabel) == update);
        long old = pods.LongCount(p => p.IsActive && p.Stored.Label(RevisionLabel) == current);
        if (counts.NextAvailable is { } wait)
        {
            EnqueueAfter(item, wait);
        }

        if (updated == wanted && counts.Ready == wanted && pods.Count == wanted)
        {
            (current, old) = (update, updated);
        }

        status["observedGeneration"] = value.GetMap("metadata")!.GetInt("generation") ?? 1;
        status["replicas"] = pods.Count;
        Conditions.SetCount(status, "readyReplicas", counts.Ready);
        status["availableReplicas"] = counts.Available;
        Conditions.SetCount(status, "currentReplicas", old);
        Conditions.SetCount(status, "updatedReplicas", updated);
        status["currentRevision"] = current;
        status["updateRevision"] = update;
        status["collisionCount"] = status.GetInt("collisionCount") ?? 0;
    }

    private bool IsAvailable(PodFacts pod, MapValue spec) => pod.IsActive && pod.IsAvailable(spec.GetInt("minReadySeconds") ?? 0, Cluster.Now);

    private List<PodFacts> Pods(StoredObject item) => PodFacts.ControlledBy(item.Uid, Dependents(item, _pods.Table));

    private static IEnumerable<MapValue> ClaimTemplates(MapValue? spec) => (spec?.GetList("volumeClaimTemplates") ?? []).OfType<MapValue>();

    private static long Ordinal(StoredObject item, PodFacts pod) =>
        long.TryParse(pod.Stored.Name.AsSpan(Math.Min(item.Name.Length + 1, pod.Stored.Name.Length)), CultureInfo.InvariantCulture, out var ordinal) ? ordinal : -1;
}

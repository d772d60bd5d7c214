using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Keeps one pod of each DaemonSet on every node that fits it.</summary>
internal sealed class DaemonSetController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("apps", "v1", "daemonsets"), "daemon-set-controller")
{
    private static readonly string[] ToleratedTaints =
    [
        "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable", "node.kubernetes.io/disk-pressure", "node.kubernetes.io/memory-pressure",
        "node.kubernetes.io/pid-pressure", "node.kubernetes.io/unschedulable",
    ];

    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");
    private readonly ServedResource _nodes = cluster.Resource("", "v1", "nodes");
    private readonly ControllerRevisions _revisions = new(cluster, "daemon-set-controller");

    protected override ResourceTable? OwnedTable => _pods.Table;

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (table == _nodes.Table)
        {
            foreach (var set in Resource.Table.Objects.List(null))
            {
                Enqueue(set.Namespace, set.Name);
            }
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (item.IsTerminating)
        {
            return;
        }

        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        var (revision, hash) = await _revisions.EnsureAsync(Resource, value).ConfigureAwait(false);
        var podSpec = Tolerating(spec.GetMap("template")?.GetMap("spec") ?? []);
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in _nodes.Table.Objects.List(null))
        {
            if (node.Decode() is var n && NodeFit.Matches(podSpec, n) && NodeFit.Tolerates(podSpec, n))
            {
                nodes.Add(node.Name);
            }
        }

        var pods = await ManageAsync(item, value, nodes, hash).ConfigureAwait(false);
        await UpdateAsync(spec, pods, nodes.Count, hash).ConfigureAwait(false);
        await CountAsync(item, value, nodes, hash).ConfigureAwait(false);
        await _revisions.TrimAsync(value, new HashSet<string>(StringComparer.Ordinal) { revision }).ConfigureAwait(false);
    }

    /// <summary>A pod for each node that has none, and none where none belongs; the pods by node.</summary>
    private async Task<Dictionary<string, PodFacts>> ManageAsync(StoredObject item, MapValue value, HashSet<string> nodes, string hash)
    {
        var byNode = new Dictionary<string, PodFacts>(StringComparer.Ordinal);
        foreach (var pod in Pods(item))
        {
            var node = NodeOf(pod);
            if (!pod.Stored.IsTerminating && (pod.IsFinished || !nodes.Contains(node) || !byNode.TryAdd(node, pod)))
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
            }
        }

        var template = value.At("spec", "template") as MapValue ?? [];
        if (SimulatedBehaviour.Of(template, value).Failure == SimulatedBehaviour.Quota)
        {
            return byNode;
        }

        foreach (var node in nodes)
        {
            if (byNode.ContainsKey(node))
            {
                continue;
            }

            var pod = PodTemplates.Pod(Resource, value, template);
            var metadata = pod.GetMap("metadata")!;
            metadata["generateName"] = item.Name + "-";
            metadata.GetOrAddMap("labels")[StatefulSetController.RevisionLabel] = hash;
            var spec = Tolerating(pod.GetMap("spec")!);
            spec.GetOrAddMap("affinity").GetOrAddMap("nodeAffinity")["requiredDuringSchedulingIgnoredDuringExecution"] = new MapValue
            {
                ["nodeSelectorTerms"] = new ListValue
                {
                    new MapValue
                    {
                        ["matchFields"] = new ListValue
                        {
                            new MapValue { ["key"] = "metadata.name", ["operator"] = "In", ["values"] = new ListValue { node } },
                        },
                    },
                },
            };
            pod["spec"] = spec;
            try
            {
                var created = await Cluster.CreateAsync(_pods, item.Namespace, pod, Account).ConfigureAwait(false);
                byNode[node] = PodFacts.Of(created);
            }
            catch (ApiException exception) when (exception.Status.Code is 403 or 422 or 400)
            {
                break;
            }
        }

        return byNode;
    }

    /// <summary>Replaces pods of old templates, as many at a time as may be missing.</summary>
    private async Task UpdateAsync(MapValue spec, Dictionary<string, PodFacts> pods, int wanted, string hash)
    {
        if (spec.GetMap("updateStrategy")?.GetString("type") == "OnDelete")
        {
            return;
        }

        var allowed = Math.Max(1, PodTemplates.Resolve(spec.At("updateStrategy", "rollingUpdate", "maxUnavailable"), wanted, roundUp: true, 1));
        allowed -= wanted - pods.Values.LongCount(static p => p.IsReady);
        foreach (var pod in pods.Values)
        {
            if (pod.Stored.Label(StatefulSetController.RevisionLabel) == hash || (pod.IsReady && allowed-- <= 0))
            {
                continue;
            }

            await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
        }
    }

    private async Task CountAsync(StoredObject item, MapValue value, HashSet<string> nodes, string hash)
    {
        var pods = Pods(item).FindAll(static p => p.IsActive);
        var placed = pods.FindAll(p => nodes.Contains(NodeOf(p)));
        var counts = WorkloadPods.Count(placed, value.GetMap("spec")?.GetInt("minReadySeconds") ?? 0, Cluster.Now);
        if (counts.NextAvailable is { } wait)
        {
            EnqueueAfter(item, wait);
        }

        var status = value.GetMap("status")?.DeepClone() ?? [];
        status["currentNumberScheduled"] = placed.Count;
        status["numberMisscheduled"] = pods.Count - placed.Count;
        status["desiredNumberScheduled"] = nodes.Count;
        status["numberReady"] = counts.Ready;
        status["observedGeneration"] = value.GetMap("metadata")!.GetInt("generation") ?? 1;
        Conditions.SetCount(status, "updatedNumberScheduled", placed.LongCount(p => p.Stored.Label(StatefulSetController.RevisionLabel) == hash));
        Conditions.SetCount(status, "numberAvailable", counts.Available);
        Conditions.SetCount(status, "numberUnavailable", nodes.Count - counts.Available);
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private List<PodFacts> Pods(StoredObject item) => PodFacts.ControlledBy(item.Uid, Dependents(item, _pods.Table));

    /// <summary>Where a pod runs or, before that, is meant to run.</summary>
    private static string NodeOf(PodFacts pod)
    {
        if (pod.NodeName.Length > 0)
        {
            return pod.NodeName;
        }

        var terms = pod.Stored.Decode().At("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms") as ListValue;
        var field = ((terms is { Count: > 0 } ? terms[0] as MapValue : null)?.GetList("matchFields") ?? []).OfType<MapValue>().FirstOrDefault();
        return (field?.GetList("values") is { Count: > 0 } values ? values[0] as StringValue : null)?.Value ?? "";
    }

    /// <summary>A pod spec with the tolerations that every pod of a DaemonSet has.</summary>
    private static MapValue Tolerating(MapValue podSpec)
    {
        var copy = podSpec.DeepClone();
        var tolerations = copy.GetList("tolerations") ?? [];
        foreach (var taint in ToleratedTaints)
        {
            var effect = taint.EndsWith("not-ready", StringComparison.Ordinal) || taint.EndsWith("unreachable", StringComparison.Ordinal) ? "NoExecute" : "NoSchedule";
            tolerations.Add(new MapValue { ["key"] = taint, ["operator"] = "Exists", ["effect"] = effect });
        }

        copy["tolerations"] = tolerations;
        return copy;
    }
}

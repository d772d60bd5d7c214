using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Keeps as many pods as a ReplicaSet asks for, and counts them.</summary>
internal sealed class ReplicaSetController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("apps", "v1", "replicasets"), "replicaset-controller")
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");

    protected override ResourceTable? OwnedTable => _pods.Table;

    protected override async Task ReconcileAsync(StoredObject item)
    {
        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        var wanted = spec.GetInt("replicas") ?? 1;
        string? failure = null;
        if (!item.IsTerminating)
        {
            failure = await ManageAsync(item, value, wanted).ConfigureAwait(false);
        }

        await CountAsync(item, value, failure).ConfigureAwait(false);
    }

    /// <summary>Creates or deletes pods; the reason why they could not be created, or <see langword="null"/>.</summary>
    private async Task<string?> ManageAsync(StoredObject item, MapValue value, long wanted)
    {
        var pods = Active(item);
        var template = value.At("spec", "template") as MapValue ?? [];
        if (pods.Count < wanted && SimulatedBehaviour.Of(template, value).Failure == SimulatedBehaviour.Quota)
        {
            return PodQuota.Refusal(item.Name);
        }

        for (var missing = wanted - pods.Count; missing > 0; missing--)
        {
            var pod = PodTemplates.Pod(Resource, value, template);
            pod.GetMap("metadata")!["generateName"] = item.Name + "-";
            try
            {
                await Cluster.CreateAsync(_pods, item.Namespace, pod, Account).ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.Status.Code is 403 or 422 or 400)
            {
                return exception.Status.Message;
            }
        }

        if (pods.Count > wanted)
        {
            // What costs least goes first: pods that are not ready, then the youngest.
            pods.Sort(static (a, b) => a.IsReady != b.IsReady ? a.IsReady.CompareTo(b.IsReady)
                : a.Created != b.Created ? b.Created.CompareTo(a.Created) : string.CompareOrdinal(a.Stored.Name, b.Stored.Name));
            for (var i = 0; i < pods.Count - wanted; i++)
            {
                await Cluster.DeleteAsync(_pods, pods[i].Stored, Account).ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task CountAsync(StoredObject item, MapValue value, string? failure)
    {
        var minReady = value.GetMap("spec")?.GetInt("minReadySeconds") ?? 0;
        var now = Cluster.Now;
        long ready = 0, available = 0;
        var pods = Active(item);
        foreach (var pod in pods)
        {
            ready += pod.IsReady ? 1 : 0;
            available += pod.IsAvailable(minReady, now) ? 1 : 0;
            if (pod.IsReady && !pod.IsAvailable(minReady, now))
            {
                EnqueueAfter(item, pod.ReadySince.AddSeconds(minReady) - now);
            }
        }

        var status = value.GetMap("status")?.DeepClone() ?? [];
        status["replicas"] = pods.Count;
        Conditions.SetCount(status, "fullyLabeledReplicas", pods.Count);
        Conditions.SetCount(status, "readyReplicas", ready);
        Conditions.SetCount(status, "availableReplicas", available);
        status["observedGeneration"] = value.GetMap("metadata")!.GetInt("generation") ?? 1;
        if (failure is not null)
        {
            Conditions.Set(status, "ReplicaFailure", "True", "FailedCreate", failure, Cluster.Timestamp);
            EnqueueAfter(item, Retry);
        }
        else
        {
            Conditions.Remove(status, "ReplicaFailure");
        }

        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private List<PodFacts> Active(StoredObject item)
    {
        var pods = PodFacts.ControlledBy(item.Uid, Dependents(item, _pods.Table));
        pods.RemoveAll(static p => !p.IsActive);
        return pods;
    }
}

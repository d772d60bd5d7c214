using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>The scheduler and the kubelet: pods get a node, run as their annotations say, and go when they are deleted.</summary>
internal sealed class PodController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("", "v1", "pods"), "system:kube-scheduler")
{
    private readonly ServedResource _nodes = cluster.Resource("", "v1", "nodes");
    private readonly ResourceTable[] _owners =
    [
        cluster.Resource("apps", "v1", "replicasets").Table, cluster.Resource("apps", "v1", "statefulsets").Table,
        cluster.Resource("apps", "v1", "daemonsets").Table, cluster.Resource("batch", "v1", "jobs").Table,
    ];

    private readonly Dictionary<string, DateTimeOffset> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), string> _uids = [];
    private int _addresses = cluster.Resource("", "v1", "pods").Table.Objects.Count + 1;

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (table == _nodes.Table)
        {
            foreach (var pod in Resource.Table.Objects.List(null))
            {
                if (PodFacts.Of(pod).NodeName.Length == 0)
                {
                    Enqueue(pod.Namespace, pod.Name);
                }
            }
        }
        else if (Array.IndexOf(_owners, table) >= 0 && SimulatedBehaviour.MayConcern(change))
        {
            foreach (var pod in Cluster.Owners.Dependents(change.Subject.Uid, Resource.Table))
            {
                Enqueue(pod.Namespace, pod.Name);
            }
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (item.IsTerminating)
        {
            await EndAsync(item).ConfigureAwait(false);
            return;
        }

        var value = item.Decode();
        var status = value.GetMap("status")?.DeepClone() ?? [];
        if (status.GetString("phase") is "Succeeded" or "Failed")
        {
            return;
        }

        var spec = value.GetMap("spec") ?? [];
        if (spec.GetString("nodeName") is { Length: > 0 })
        {
            await RunAsync(item, value, status).ConfigureAwait(false);
        }
        else if (spec.GetList("schedulingGates") is { Count: > 0 })
        {
            await RefuseAsync(value, status, "SchedulingGated", "Scheduling is blocked due to non-empty scheduling gates").ConfigureAwait(false);
        }
        else if (NodeFit.Choose(spec, _nodes.Table.Objects, out var message) is { } node)
        {
            await BindAsync(value, spec, status, node).ConfigureAwait(false);
        }
        else
        {
            await RefuseAsync(value, status, "Unschedulable", message).ConfigureAwait(false);
        }
    }

    protected override Task ForgetAsync(string ns, string name)
    {
        if (_uids.Remove((ns, name), out var uid))
        {
            _started.Remove(uid);
        }

        return Task.CompletedTask;
    }

    private Task EndAsync(StoredObject item) => item.Decode().GetMap("metadata")!.GetInt("deletionGracePeriodSeconds") is > 0
        ? Cluster.DeleteAsync(Resource, item, $"system:node:{PodFacts.Of(item).NodeName}", new DeleteOptions { GracePeriodSeconds = 0 })
        : Task.CompletedTask;

    private Task BindAsync(MapValue value, MapValue spec, MapValue status, string node)
    {
        spec["nodeName"] = node;
        status["phase"] = "Pending";
        Conditions.Remove(status, "PodScheduled");
        Conditions.Set(status, "PodScheduled", "True", "", "", Cluster.Timestamp);
        value["status"] = status;
        return Cluster.UpdateAsync(Resource, value, Account, "binding", "kube-scheduler");
    }

    private Task RefuseAsync(MapValue value, MapValue status, string reason, string message)
    {
        status["phase"] = "Pending";
        Conditions.Set(status, "PodScheduled", "False", reason, message, Cluster.Timestamp);
        if (Value.DeepEquals(status, value["status"]))
        {
            return Task.CompletedTask;
        }

        value["status"] = status;
        return Cluster.UpdateAsync(Resource, value, Account, "status", "kube-scheduler");
    }

    private async Task RunAsync(StoredObject item, MapValue value, MapValue status)
    {
        if (!_started.TryGetValue(item.Uid, out var started))
        {
            started = status.GetString("startTime") is { } text ? PodFacts.Time(text) : Cluster.Now;
            _started.Add(item.Uid, started);
            _uids[(item.Namespace, item.Name)] = item.Uid;
        }

        var next = PodLife.Advance(value, status, Behaviour(item, value), started, Cluster.Options.StartDelay, Cluster.Now, NextAddress);
        if (next is { } wait)
        {
            EnqueueAfter(item, wait);
        }

        if (!Value.DeepEquals(status, value["status"]))
        {
            value["status"] = status;
            await Cluster.UpdateAsync(Resource, value, $"system:node:{value.GetMap("spec")!.GetString("nodeName")}", "status", "kubelet").ConfigureAwait(false);
        }
    }

    private SimulatedBehaviour Behaviour(StoredObject item, MapValue value)
    {
        MapValue? owner = null;
        if (PodFacts.Of(item).Controller is { Length: > 0 } uid && Cluster.Owners.TryFind(uid, out var place)
            && place.Table.Objects.Find(place.Namespace, place.Name) is { } stored && stored.Json.AsSpan().IndexOf("simulation.weir.dev/"u8) >= 0)
        {
            owner = stored.Decode();
        }

        return SimulatedBehaviour.Of(value, owner);
    }

    private string NextAddress()
    {
        _addresses = (_addresses + 1) % 65_000;
        return $"10.244.{_addresses / 254}.{(_addresses % 254) + 1}";
    }
}

using System.Globalization;
using Weir.Values;
using static Weir.ApiServer.Tables.CommonColumns;

namespace Weir.ApiServer.Tables;

/// <summary>The columns of pods.</summary>
internal static class PodColumns
{
    public static readonly IReadOnlyList<TableColumn> Pods =
    [
        CommonColumns.Name,
        Text("Ready", "The aggregate readiness state of this pod for accepting traffic.", static o => Ready(o)),
        Text("Status", "The aggregate status of the containers in this pod.", static o => Status(o)),
        new("Restarts", "string", "", 0, "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted.", static (o, now) => Restarts(o, now)),
        Age,
        Text("IP", "podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated.", static o => OrNone(String(o, "status", "podIP")), 1),
        Text("Node", "NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in schedulerName. "
            + "Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be used to express a desire for the "
            + "pod to be scheduled on a specific node. https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename",
            static o => OrNone(String(o, "spec", "nodeName")), 1),
        Text("Nominated Node", "nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive "
            + "their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the pod elsewhere if "
            + "other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that is created after preemption. As a "
            + "result, this field may be different than PodSpec.nodeName when the pod is scheduled.", static o => OrNone(String(o, "status", "nominatedNodeName")), 1),
        Text("Readiness Gates", "If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions specified "
            + "in the readiness gates have status equal to \"True\" More info: https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates", static o => Gates(o), 1),
    ];

    private static string Ready(MapValue pod)
    {
        var ready = Statuses(pod, "containerStatuses").Count(static s => s.GetBool("ready") == true && s.At("state", "running") is not null);
        return $"{Count(ready)}/{Count((pod.At("spec", "containers") as ListValue)?.Count ?? 0)}";
    }

    private static string Status(MapValue pod)
    {
        var reason = String(pod, "status", "reason") is { Length: > 0 } own ? own : String(pod, "status", "phase");
        foreach (var status in Statuses(pod, "containerStatuses").Reverse())
        {
            if (String(status, "state", "waiting", "reason") is { Length: > 0 } waiting)
            {
                reason = waiting;
            }
            else if (status.At("state", "terminated") is MapValue terminated)
            {
                reason = terminated.GetString("reason") is { Length: > 0 } ended ? ended
                    : terminated.GetInt("signal") is { } signal and not 0 ? $"Signal:{Count(signal)}" : $"ExitCode:{Count(terminated.GetInt("exitCode") ?? 0)}";
            }
        }

        if (pod.At("metadata", "deletionTimestamp") is not null)
        {
            return reason == "NodeLost" ? "Unknown" : reason is "Succeeded" or "Failed" or "Completed" ? reason : "Terminating";
        }

        return reason;
    }

    private static string Restarts(MapValue pod, DateTimeOffset now)
    {
        var (count, last) = (0L, "");
        foreach (var status in Statuses(pod, "containerStatuses"))
        {
            count += status.GetInt("restartCount") ?? 0;
            var finished = String(status, "lastState", "terminated", "finishedAt");
            last = string.CompareOrdinal(finished, last) > 0 ? finished : last;
        }

        return last.Length == 0 ? Count(count) : string.Create(CultureInfo.InvariantCulture, $"{count} ({HumanDuration.Since(last, now)} ago)");
    }

    private static string Gates(MapValue pod)
    {
        if (pod.At("spec", "readinessGates") is not ListValue { Count: > 0 } gates)
        {
            return "<none>";
        }

        var conditions = (pod.At("status", "conditions") as ListValue ?? []).OfType<MapValue>().ToList();
        var met = gates.OfType<MapValue>().Count(g => conditions.Exists(c => c.GetString("type") == g.GetString("conditionType") && c.GetString("status") == "True"));
        return $"{Count(met)}/{Count(gates.Count)}";
    }

    private static IEnumerable<MapValue> Statuses(MapValue pod, string key) => (pod.At("status", key) as ListValue ?? []).OfType<MapValue>();
}

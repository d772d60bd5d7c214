using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>How far an object is, by the rules of kstatus (fluxcd/cli-utils 1.2).</summary>
internal static class Readiness
{
    public static Health Judge(MapValue value)
    {
        if (value.GetMap("metadata")?.ContainsKey("deletionTimestamp") == true)
        {
            return Health.Terminating;
        }

        var status = value.GetMap("status") ?? [];
        var generation = value.GetMap("metadata")?.GetInt("generation");
        if (status.GetInt("observedGeneration") is { } observed && observed != generation)
        {
            return Health.InProgress;
        }

        // A kind with rules of its own is judged by them alone.
        return value.GroupVersionKind() switch
        {
            { Group: "apps", Kind: "Deployment" } => Deployment(value.GetMap("spec") ?? [], status),
            { Group: "apps", Kind: "StatefulSet" } => StatefulSet(value.GetMap("spec") ?? [], status),
            { Group: "apps", Kind: "DaemonSet" } => DaemonSet(status),
            { Group: "apps", Kind: "ReplicaSet" } => ReplicaSet(value.GetMap("spec") ?? [], status),
            { Group: "", Kind: "Pod" } => Pod(status),
            { Group: "", Kind: "PersistentVolumeClaim" } => status.GetString("phase") == "Bound" ? Health.Current : Health.InProgress,
            { Group: "", Kind: "Service" } => Service(value.GetMap("spec") ?? [], status),
            { Group: "batch", Kind: "Job" } => Job(status),
            { Group: "batch", Kind: "CronJob" } => Health.Current,
            { Group: "policy", Kind: "PodDisruptionBudget" } => Health.Current,
            { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } => Definition(status),
            _ => Generic(value, status),
        };
    }

    private static Health Generic(MapValue value, MapValue status)
    {
        if (IsUnseen(value))
        {
            return Health.InProgress;
        }

        if (Is(status, "Reconciling", "True"))
        {
            return Health.InProgress;
        }

        if (Is(status, "Stalled", "True"))
        {
            return Health.Failed;
        }

        return Condition(status, "Ready") is { } ready && ready.GetString("status") != "True"
            ? Health.InProgress
            : Health.Current;
    }

    // Flux's definitions give a new object observedGeneration -1. Where a server has no such default the object has no status at all
    // until a controller has looked at it; alerts and their providers never get one.
    private static bool IsUnseen(MapValue value) =>
        !value.ContainsKey("status")
        && value.GroupVersionKind() is { Kind: not ("Alert" or "Provider") } kind
        && (kind.Group.EndsWith(".toolkit.fluxcd.io", StringComparison.Ordinal)
            || kind.Group.Equals("source.extensions.fluxcd.io", StringComparison.Ordinal));

    private static Health Deployment(MapValue spec, MapValue status)
    {
        var wanted = spec.GetInt("replicas") ?? 1;
        if (status.Count == 0 || !status.ContainsKey("observedGeneration"))
        {
            return Health.InProgress;
        }

        if (Condition(status, "Progressing") is { } progressing && progressing.GetString("reason") == "ProgressDeadlineExceeded")
        {
            return Health.Failed;
        }

        if (Condition(status, "Progressing") is { } going && going.GetString("status") == "True"
            && going.GetString("reason") != "NewReplicaSetAvailable" && wanted > 0)
        {
            return Health.InProgress;
        }

        var total = status.GetInt("replicas") ?? 0;
        var updated = status.GetInt("updatedReplicas") ?? 0;
        var ready = status.GetInt("readyReplicas") ?? 0;
        var available = status.GetInt("availableReplicas") ?? 0;
        var isDone = total >= wanted && updated >= wanted && total <= wanted && updated <= available && ready >= wanted;
        return isDone && (wanted == 0 || Condition(status, "Available") is null || Is(status, "Available", "True"))
            ? Health.Current
            : Health.InProgress;
    }

    private static Health StatefulSet(MapValue spec, MapValue status)
    {
        var wanted = spec.GetInt("replicas") ?? 1;
        if (spec.At("updateStrategy", "type") is StringValue { Value: "OnDelete" })
        {
            return Health.Current;
        }

        if (!status.ContainsKey("observedGeneration"))
        {
            return Health.InProgress;
        }

        var total = status.GetInt("replicas") ?? 0;
        var ready = status.GetInt("readyReplicas") ?? 0;
        var updated = status.GetInt("updatedReplicas") ?? 0;
        var current = status.GetInt("currentReplicas") ?? 0;
        if (total < wanted || ready < wanted || total > wanted)
        {
            return Health.InProgress;
        }

        if (spec.At("updateStrategy", "rollingUpdate") is MapValue rolling && rolling.GetInt("partition") is { } partition and > 0)
        {
            return updated < wanted - partition ? Health.InProgress : Health.Current;
        }

        return current < wanted || status.GetString("currentRevision") != status.GetString("updateRevision")
            ? Health.InProgress
            : Health.Current;
    }

    private static Health DaemonSet(MapValue status)
    {
        if (!status.ContainsKey("observedGeneration") || status.GetInt("desiredNumberScheduled") is not { } wanted)
        {
            return Health.InProgress;
        }

        var isDone = (status.GetInt("currentNumberScheduled") ?? 0) >= wanted
            && (status.GetInt("updatedNumberScheduled") ?? 0) >= wanted
            && (status.GetInt("numberAvailable") ?? 0) >= wanted
            && (status.GetInt("numberReady") ?? 0) >= wanted;
        return isDone ? Health.Current : Health.InProgress;
    }

    private static Health ReplicaSet(MapValue spec, MapValue status)
    {
        if (Is(status, "ReplicaFailure", "True"))
        {
            return Health.InProgress;
        }

        var wanted = spec.GetInt("replicas") ?? 1;
        var total = status.GetInt("replicas") ?? 0;
        var isDone = (status.GetInt("fullyLabeledReplicas") ?? 0) >= wanted
            && (status.GetInt("availableReplicas") ?? 0) >= wanted
            && (status.GetInt("readyReplicas") ?? 0) >= wanted
            && total <= wanted;
        return isDone ? Health.Current : Health.InProgress;
    }

    private static Health Pod(MapValue status)
    {
        switch (status.GetString("phase"))
        {
            case "Succeeded":
                return Health.Current;
            case "Failed":
                return Health.Failed;
            case "Running":
                return Is(status, "Ready", "True") ? Health.Current : HasCrashed(status) ? Health.Failed : Health.InProgress;
            default:
                return Health.InProgress;
        }
    }

    private static bool HasCrashed(MapValue status)
    {
        foreach (var item in status.GetList("containerStatuses") ?? [])
        {
            if (item.At("state", "waiting", "reason") is StringValue { Value: "CrashLoopBackOff" })
            {
                return true;
            }
        }

        return false;
    }

    private static Health Service(MapValue spec, MapValue status) =>
        spec.GetString("type") != "LoadBalancer"
        || (status.GetMap("loadBalancer")?.GetList("ingress")?.Count ?? 0) > 0
        || !string.IsNullOrEmpty(spec.GetString("clusterIP"))
            ? Health.Current
            : Health.InProgress;

    // Flux waits for Jobs to complete, where kstatus is content when they have started.
    private static Health Job(MapValue status) =>
        Is(status, "Failed", "True") ? Health.Failed
        : Is(status, "Complete", "True") ? Health.Current
        : Health.InProgress;

    private static Health Definition(MapValue status) =>
        Is(status, "NamesAccepted", "False") ? Health.Failed
        : Is(status, "Established", "True") ? Health.Current
        : Is(status, "Established", "False") && Condition(status, "Established")?.GetString("reason") != "Installing" ? Health.Failed
        : Health.InProgress;

    private static bool Is(MapValue status, string type, string state) => Condition(status, type)?.GetString("status") == state;

    private static MapValue? Condition(MapValue status, string type)
    {
        foreach (var item in status.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == type)
            {
                return condition;
            }
        }

        return null;
    }
}

using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Keeps the targets of HorizontalPodAutoscalers between their bounds; there is no load, so that is all that moves them.</summary>
internal sealed class AutoscalerController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("autoscaling", "v2", "horizontalpodautoscalers"), "horizontal-pod-autoscaler")
{
    private readonly Dictionary<(string Group, string Kind), ServedResource> _targets = new()
    {
        [("apps", "Deployment")] = cluster.Resource("apps", "v1", "deployments"),
        [("apps", "StatefulSet")] = cluster.Resource("apps", "v1", "statefulsets"),
        [("apps", "ReplicaSet")] = cluster.Resource("apps", "v1", "replicasets"),
    };

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (Resource.Table.Objects.Count > 0 && _targets.Values.Any(t => t.Table == table))
        {
            foreach (var item in Resource.Table.Objects.List(change.Subject.Namespace))
            {
                Enqueue(item.Namespace, item.Name);
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
        var status = value.GetMap("status")?.DeepClone() ?? [];
        var now = Cluster.Timestamp;
        var reference = spec.GetMap("scaleTargetRef") ?? [];
        var kind = GroupVersionKind.Of(reference.GetString("apiVersion"), reference.GetString("kind"));
        if (!_targets.TryGetValue((kind.Group, kind.Kind), out var resource)
            || resource.Table.Objects.Find(item.Namespace, reference.GetString("name") ?? "")?.Decode() is not { } target)
        {
            Conditions.Set(status, "AbleToScale", "False", "FailedGetScale",
                $"the HPA controller was unable to get the target's current scale: {kind.Kind.ToLowerInvariant()}s.{kind.Group} \"{reference.GetString("name")}\" not found", now);
            status["desiredReplicas"] = status.GetInt("desiredReplicas") ?? 0;
            await WriteStatusAsync(value, status).ConfigureAwait(false);
            return;
        }

        var wanted = target.GetMap("spec")?.GetInt("replicas") ?? 1;
        var (low, high) = (spec.GetInt("minReplicas") ?? 1, spec.GetInt("maxReplicas") ?? 1);

        // A target that is scaled to nothing is left alone, as the real controller leaves it.
        var desired = wanted == 0 ? 0 : Math.Clamp(wanted, Math.Min(low, high), high);
        if (desired != wanted)
        {
            target.GetOrAddMap("spec")["replicas"] = desired;
            await Cluster.UpdateAsync(resource, target, Account, "scale").ConfigureAwait(false);
            status["lastScaleTime"] = now;
        }

        Conditions.SetCount(status, "observedGeneration", value.GetMap("metadata")!.GetInt("generation") ?? 0);
        Conditions.SetCount(status, "currentReplicas", target.GetMap("status")?.GetInt("replicas") ?? 0);
        status["desiredReplicas"] = desired;
        Conditions.Set(status, "AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size", now);
        if (wanted == 0)
        {
            Conditions.Set(status, "ScalingActive", "False", "ScalingDisabled", "scaling is disabled since the replica count of the target is zero", now);
        }
        else
        {
            Conditions.Set(status, "ScalingActive", "True", "ValidMetricFound", "the HPA was able to successfully calculate a replica count from the metrics of the simulation", now);
            Conditions.Set(status, "ScalingLimited", desired == low ? "True" : "False", desired == low ? "TooFewReplicas" : "DesiredWithinRange",
                desired == low ? "the desired replica count is less than the minimum replica count" : "the desired count is within the acceptable range", now);
        }

        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }
}

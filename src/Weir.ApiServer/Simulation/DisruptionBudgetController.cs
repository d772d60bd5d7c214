using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Counts the pods of PodDisruptionBudgets and says how many may be evicted.</summary>
internal sealed class DisruptionBudgetController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("policy", "v1", "poddisruptionbudgets"), "disruption-controller")
{
    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");
    private readonly SelectorIndex _selectors = new();

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (table == _pods.Table)
        {
            foreach (var name in _selectors.Matching(change))
            {
                Enqueue(change.Subject.Namespace, name);
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
        long expected = 0, healthy = 0;
        if (LabelSelector.Read(spec.GetMap("selector")) is { } selector)
        {
            _selectors.Set(item.Namespace, item.Name, selector);
            foreach (var pod in _pods.Table.Objects.List(item.Namespace))
            {
                if (selector.Matches(pod.Label) && PodFacts.Of(pod) is { IsActive: true } fact)
                {
                    expected++;
                    healthy += fact.IsReady ? 1 : 0;
                }
            }
        }

        var desired = spec["maxUnavailable"] is { } max and not NullValue
            ? Math.Max(0, expected - PodTemplates.Resolve(max, expected, roundUp: true, 0))
            : PodTemplates.Resolve(spec["minAvailable"], expected, roundUp: true, 1);
        var allowed = expected == 0 ? 0 : Math.Max(0, healthy - desired);
        var status = value.GetMap("status")?.DeepClone() ?? [];
        status["observedGeneration"] = value.GetMap("metadata")!.GetInt("generation") ?? 1;
        status["disruptionsAllowed"] = allowed;
        status["currentHealthy"] = healthy;
        status["desiredHealthy"] = desired;
        status["expectedPods"] = expected;
        Conditions.Set(status, "DisruptionAllowed", allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods", "", Cluster.Timestamp);
        var condition = Conditions.Find(status, "DisruptionAllowed")!;
        condition["message"] = "";
        condition["observedGeneration"] = status["observedGeneration"]!;
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    protected override Task ForgetAsync(string ns, string name)
    {
        _selectors.Remove(ns, name);
        return Task.CompletedTask;
    }
}

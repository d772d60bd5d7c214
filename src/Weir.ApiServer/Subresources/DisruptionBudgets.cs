using System.Globalization;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Subresources;

/// <summary>Whether the disruption budgets of a namespace let a pod be evicted. Pods that do not run yet or any more are nobody's loss.</summary>
internal sealed class DisruptionBudgets(ObjectStore store)
{
    private const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    private readonly ResourceTable _budgets = store.Table("poddisruptionbudgets.policy");
    private readonly ResourceTable _pods = store.Table("pods");

    public void Check(string ns, string name)
    {
        if (_budgets.Objects.CountIn(ns) == 0 || _pods.Objects.Find(ns, name) is not { IsTerminating: false } pod
            || pod.Decode().At("status", "phase")?.ToString() is "Succeeded" or "Failed" or "Pending")
        {
            return;
        }

        var matching = _budgets.Objects.List(ns).Select(static b => b.Decode())
            .Where(b => LabelSelector.Read(b.At("spec", "selector") as MapValue)?.Matches(pod.Label) == true).ToList();
        if (matching.Count > 1)
        {
            throw ApiStatus.InternalError("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.").ToException();
        }

        if (matching is [var budget])
        {
            Check(budget);
        }
    }

    private static void Check(MapValue budget)
    {
        var status = budget.GetMap("status") ?? [];
        if ((status.GetInt("observedGeneration") ?? 0) < (budget.GetMap("metadata")?.GetInt("generation") ?? 0))
        {
            throw TooMany($"The disruption budget {budget.Name()} is still being processed by the server.", retryAfter: 10);
        }

        if ((status.GetInt("disruptionsAllowed") ?? 0) <= 0)
        {
            throw TooMany(
                string.Create(CultureInfo.InvariantCulture, $"The disruption budget {budget.Name()} needs {status.GetInt("desiredHealthy") ?? 0} healthy pods and has {status.GetInt("currentHealthy") ?? 0} currently"),
                retryAfter: 0);
        }
    }

    private static ApiException TooMany(string why, int retryAfter) => new ApiStatus(429, "TooManyRequests", Refusal)
    {
        Details = new StatusDetails { Causes = [new("DisruptionBudget", why, "")], RetryAfterSeconds = retryAfter },
    }.ToException();
}

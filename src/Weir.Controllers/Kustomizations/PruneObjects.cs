using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Deletes what the last revision had and this one has not. A deletion that fails stays in the inventory.</summary>
internal static class PruneObjects
{
    private const string Group = "kustomize.toolkit.fluxcd.io";

    /// <summary>False when a deletion failed; the run's condition says which.</summary>
    public static async Task<bool> RunAsync(KustomizationRun run, KubernetesClient target, AppliedSet applied, CancellationToken cancellationToken)
    {
        var stale = Inventory.Except(applied.Before, applied.After);
        if (run.Spec.Prune != true || stale.Count == 0)
        {
            return true;
        }

        try
        {
            var changes = await DeleteAsync(run, target, stale, cancellationToken).ConfigureAwait(false);
            run.Tell(EventSeverity.Info, string.Join('\n', changes));
            return true;
        }
        catch (ApplyFailedException e)
        {
            var settled = e.Changes.Select(static c => new InventoryEntry(c.Key, c.Version));
            Inventory.Write(run.Object.Status, Inventory.Union(applied.After, Inventory.Except(stale, settled)));
            run.Fail(Reasons.PruneFailed, e.Message);
            return false;
        }
    }

    /// <summary>Deletes objects that are still this Kustomization's and have not opted out.</summary>
    public static Task<IReadOnlyList<Change>> DeleteAsync(
        KustomizationRun run,
        KubernetesClient target,
        IReadOnlyList<InventoryEntry> entries,
        CancellationToken cancellationToken)
    {
        var set = new ApplySet(target, new() { FieldManager = KustomizationServices.ControllerName }, new HealthWaiter(target, Readiness.Judge));
        var labels = new Dictionary<string, string>
        {
            [$"{Group}/name"] = run.Kustomization.Metadata.Name,
            [$"{Group}/namespace"] = run.Space,
        };
        return set.DeleteAllAsync(
            entries.Select(static e => (e.Key, e.Version)),
            labels,
            [new($"{Group}/prune", "disabled"), new($"{Group}/reconcile", "disabled"), new($"{Group}/ssa", "Ignore")],
            "Background",
            cancellationToken);
    }
}

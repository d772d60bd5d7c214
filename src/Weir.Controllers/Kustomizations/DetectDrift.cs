using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Compares the cluster with what was applied and tells what differs, for a Kustomization that asks for no more. Something new to
/// apply is applied all the same, and so is everything when a person asks for a reconciliation.
/// </summary>
internal static class DetectDrift
{
    private const string OnlyDetects = "detect-only";
    private const string Detected = "DriftDetected";
    private const string None = "NoDriftDetected";

    /// <summary>True when the object asks for it and its last revision and rendering stand.</summary>
    public static bool IsAskedFor(KustomizationRun run)
    {
        var status = run.Object.Status;
        var annotations = run.Kustomization.Metadata.Annotations;
        return annotations.TryGetValue(Annotations.Drift, out var mode)
            && mode == OnlyDetects
            && status.GetString("lastAppliedRevision") == run.Revision
            && status.GetInt("observedGeneration") == run.Kustomization.Metadata.Generation
            && status.GetList("history") is [MapValue last, ..]
            && last.GetString("digest") == run.Digest
            && (!annotations.TryGetValue(Annotations.RequestedAt, out var token) || token == status.GetString("lastHandledReconcileAt"));
    }

    /// <summary>The objects as they are; <see langword="null"/> when they cannot be compared: the run's condition says why.</summary>
    public static async Task<AppliedSet?> RunAsync(
        KustomizationRun run,
        KubernetesClient target,
        IReadOnlyList<MapValue> objects,
        CancellationToken cancellationToken)
    {
        var set = new ApplySet(target, ApplyObjects.Options(run) with { OnlyCompares = true }, new HealthWaiter(target, Readiness.Judge));
        IReadOnlyList<Change> changes;
        try
        {
            changes = await set.ApplyAllAsync(objects, cancellationToken).ConfigureAwait(false);
        }
        catch (ApplyFailedException e)
        {
            run.Fail(Reasons.ReconciliationFailed, e.Message);
            return null;
        }

        var lines = changes.Where(static c => c.HasEffect).Select(static c => $"{c.Key} {(c.Action == ChangeAction.Created ? "is gone" : "differs")}").ToList();
        if (lines.Count == 0)
        {
            run.Conditions.SetFalse(ConditionTypes.Drifted, None, "No drift detected against the cluster state");
        }
        else
        {
            var message = $"Cluster state has drifted from revision {run.Revision}:\n{string.Join('\n', lines)}";
            if (run.Conditions.Message(ConditionTypes.Drifted) != message)
            {
                run.Conditions.SetTrue(ConditionTypes.Drifted, Detected, message);
                run.Tell(EventSeverity.Error, message);
            }
        }

        // What is managed stays what it was: nothing was applied. What is gone has no health to wait for.
        var inventory = Inventory.Read(run.Object.Status);
        return new(
            [.. changes.Select(static c => c.HasEffect ? c with { Action = c.Action == ChangeAction.Created ? ChangeAction.Skipped : ChangeAction.Unchanged } : c)],
            inventory,
            inventory);
    }
}

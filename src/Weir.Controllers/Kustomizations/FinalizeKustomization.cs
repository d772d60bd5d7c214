using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Deletes what a deleted Kustomization managed, as its deletion policy says, and lets it go.</summary>
internal static class FinalizeKustomization
{
    public static async Task<ReconcileResult> RunAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        if (!run.Object.HasFinalizer(Annotations.Finalizer))
        {
            return ReconcileResult.Done;
        }

        if (DeletionOrder.Wait(run.Object.Value, run.Services.DependentsOf, run.Services.Settings.Time.GetUtcNow()) is { } wait)
        {
            return ReconcileResult.In(wait);
        }

        var entries = Inventory.Read(run.Object.Status);
        if (DeletesObjects(run) && entries.Count > 0)
        {
            if (await MissingAccountAsync(run, cancellationToken).ConfigureAwait(false))
            {
                var list = string.Join('\n', entries.Select(static e => e.Key.ToString()));
                Tell(run, EventSeverity.Error, $"unable to prune objects: \n{list}");
            }
            else if (!await DeleteAsync(run, entries, cancellationToken).ConfigureAwait(false))
            {
                return ReconcileResult.BackOff;
            }
        }

        run.Object.NoteRequest();
        run.Object.RemoveFinalizer(Annotations.Finalizer);
        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        KustomizationSummary.TellFinished(run);
        return ReconcileResult.Done;
    }

    private static bool DeletesObjects(KustomizationRun run) => run.Spec.Suspend != true && run.Spec.DeletionPolicy switch
    {
        null or "" or "MirrorPrune" => run.Spec.Prune == true,
        "Delete" or "WaitForTermination" => true,
        _ => false,
    };

    private static async Task<bool> DeleteAsync(KustomizationRun run, List<InventoryEntry> entries, CancellationToken cancellationToken)
    {
        var target = await TargetCluster.ForAsync(run, cancellationToken).ConfigureAwait(false);
        if (target is null)
        {
            return false;
        }

        IReadOnlyList<Change> changes;
        try
        {
            changes = await PruneObjects.DeleteAsync(run, target, entries, cancellationToken).ConfigureAwait(false);
        }
        catch (ApplyFailedException)
        {
            Tell(run, EventSeverity.Error, "pruning for deleted resource failed");
            return false;
        }

        Tell(run, EventSeverity.Info, string.Join('\n', changes));
        if (run.Spec.DeletionPolicy == "WaitForTermination")
        {
            var gone = changes.Where(static c => c.Action == ChangeAction.Deleted).Select(static c => new HealthTarget(c.Key, c.Version)).ToList();
            var left = await new HealthWaiter(target, Readiness.Judge).WaitGoneAsync(gone, run.Timeout, cancellationToken).ConfigureAwait(false);
            if (left is not null)
            {
                Tell(run, EventSeverity.Error, "failed to wait for resources termination");
            }
        }

        return true;
    }

    // A ServiceAccount that is gone must not keep its Kustomization from going.
    private static async Task<bool> MissingAccountAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        var account = TargetCluster.Account(run.Spec.ServiceAccountName, run.Services.DefaultServiceAccount);
        if (account.Length == 0 && run.Spec.KubeConfig is null)
        {
            return false;
        }

        try
        {
            if (run.Spec.KubeConfig?.SecretRef is { } secret)
            {
                return await run.Services.Client.FindAsync(SecretReader.Secret, run.Space, secret.Name, cancellationToken).ConfigureAwait(false) is null;
            }

            return await run.Services.Client
                .FindAsync(new("", "v1", "ServiceAccount"), run.Space, account, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (ApiException)
        {
            return true;
        }
    }

    private static void Tell(KustomizationRun run, EventSeverity severity, string message) => run.Tell(
        severity,
        message,
        run.Object.Status.GetString("lastAppliedRevision") ?? "",
        run.Object.Status.GetString("lastAppliedOriginRevision") ?? "");
}

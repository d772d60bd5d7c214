using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Uninstalls the release of a deleted HelmRelease, deletes its HelmChart, and lets it go.</summary>
internal static class FinalizeHelmRelease
{
    public static async Task<ReconcileResult> RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        if (!run.Object.HasFinalizer(Annotations.Finalizer))
        {
            return ReconcileResult.Done;
        }

        if (DeletionOrder.Wait(run.Object.Value, run.Services.DependentsOf, run.Services.Settings.Time.GetUtcNow()) is { } wait)
        {
            return ReconcileResult.In(wait);
        }

        if (run.Spec.Suspend != true)
        {
            try
            {
                if (!await UninstallAsync(run, cancellationToken).ConfigureAwait(false))
                {
                    await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
                    return ReconcileResult.BackOff;
                }

                await ChartTemplateStep.RunAsync(run, cancellationToken).ConfigureAwait(false);
            }
            catch (HelmActionException)
            {
                await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
                return ReconcileResult.BackOff;
            }
        }

        run.Object.NoteRequest();
        run.Object.RemoveFinalizer(Annotations.Finalizer);
        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        return ReconcileResult.Done;
    }

    private static async Task<bool> UninstallAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(run.Status.GetString("storageNamespace")) || run.History.Latest is not { } latest)
        {
            return true;
        }

        var account = TargetCluster.Account(run.Spec.ServiceAccountName, run.Services.DefaultServiceAccount);
        if (run.Spec.KubeConfig?.SecretRef is { } secret
            && await run.Services.Client.FindAsync(SecretReader.Secret, run.Space, secret.Name, cancellationToken).ConfigureAwait(false) is null)
        {
            return true;
        }

        if (run.Spec.KubeConfig is null && account.Length > 0
            && await run.Services.Client.FindAsync(new("", "v1", "ServiceAccount"), run.Space, account, cancellationToken).ConfigureAwait(false) is null)
        {
            return true;
        }

        if (!await HelmReleaseController.ConnectAsync(run, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        run.Storage = new ReleaseStorage(run.Target, run.Status.GetString("storageNamespace")!, latest.Name, run.Services.Settings.Time);
        await new UninstallAction().RunAsync(run, cancellationToken).ConfigureAwait(false);
        run.History.Clear();
        run.Status.Remove("storageNamespace");
        return true;
    }
}

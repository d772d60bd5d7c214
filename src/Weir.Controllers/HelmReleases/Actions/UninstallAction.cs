using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Uninstalls the release because it is deleted or moves away.</summary>
internal sealed class UninstallAction : HelmAction
{
    public override string Name => "uninstall";

    public override HelmActionType Type => HelmActionType.Release;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Uninstall?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.History.Latest is not { } current)
        {
            return;
        }

        run.Storage.Forget();
        run.Log.Clear();
        try
        {
            var record = await Uninstallation.RunAsync(run, cancellationToken).ConfigureAwait(false);
            Uninstallation.Observe(run, Name);
            if (record is null)
            {
                run.Conditions.SetFalse(
                    ConditionTypes.Released,
                    HelmReleaseReasons.UninstallSucceeded,
                    $"Release {current.FullName} was not found, assuming it is uninstalled");
                ReleaseSummary.Write(run);
                return;
            }

            if (!current.Targets(record))
            {
                throw new HelmActionException(
                    $"release mismatch: uninstalled release {record.Namespace}/{record.Name}.v{record.Version} != current release {current.FullName}");
            }
        }
        catch (HelmActionException e) when (run.Spec.Uninstall?.KeepHistory == true && e.Message.Contains("is already deleted", StringComparison.Ordinal))
        {
            run.Conditions.SetFalse(
                ConditionTypes.Released, HelmReleaseReasons.UninstallSucceeded, $"Release {current.FullName} was already uninstalled");
            ReleaseSummary.Write(run);
            return;
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException)
        {
            Uninstallation.Observe(run, Name);
            var latest = run.History.Latest!;
            var failure = $"Helm uninstall failed for release {latest.FullName} with chart {latest.VersionedChart}: {e.Message.Trim()}";
            run.Increment("failures");
            run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.UninstallFailed, failure);
            run.Tell(EventSeverity.Error, HelmReleaseReasons.UninstallFailed, run.Log.Append(failure), latest);
            ReleaseSummary.Write(run);
            throw new HelmActionException(e.Message);
        }

        var done = run.History.Latest!;
        var message = $"Helm uninstall succeeded for release {done.FullName} with chart {done.VersionedChart}";
        run.Status.Remove("inventory");
        run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.UninstallSucceeded, message);
        run.Tell(EventSeverity.Info, HelmReleaseReasons.UninstallSucceeded, message, done);
        ReleaseSummary.Write(run);
    }
}

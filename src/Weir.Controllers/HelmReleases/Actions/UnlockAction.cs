using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Breaks the lock that an interrupted action left behind.</summary>
internal sealed class UnlockAction : HelmAction
{
    public override string Name => "unlock";

    public override HelmActionType Type => HelmActionType.Unlock;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        run.Storage.Forget();
        var record = await run.Storage.LastAsync(cancellationToken).ConfigureAwait(false);
        if (record is null || !ReleaseStatus.IsPending(record.Status))
        {
            return;
        }

        var status = record.Status;
        record = record with { Status = ReleaseStatus.Failed, Description = $"Release unlocked from stale '{status}' state" };
        var current = Snapshot.Of(record, "", "", null);
        try
        {
            await run.Storage.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            var failure = $"Unlock of Helm release {current.FullName} with chart {current.VersionedChart} in {status} state failed: {e.Message}";
            run.Increment("failures");
            run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.PendingRelease, failure);
            run.Tell(EventSeverity.Error, HelmReleaseReasons.PendingRelease, failure, current);
            ReleaseSummary.Write(run);
            throw new HelmActionException(e.Message, e);
        }

        run.History.Replace(record, known => Snapshot.Of(record, known.Action, known.OciDigest, null));
        var message = $"Unlocked Helm release {current.FullName} with chart {current.VersionedChart} in {status} state";
        run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.PendingRelease, message);
        run.Tell(EventSeverity.Info, HelmReleaseReasons.PendingRelease, message, current);
        ReleaseSummary.Write(run);
    }
}

using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>
/// Brings a release to what is wanted: looks at its state, takes the action for it, and looks again, each kind of action at
/// most once. As helm-controller 1.6.
/// </summary>
internal static class AtomicRelease
{
    public static async Task<ReleaseOutcome> RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var done = new HashSet<HelmActionType>();
        while (true)
        {
            ReleaseState state;
            try
            {
                state = await ReleaseState.DetermineAsync(run, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HelmActionException or ApiException or KindNotServedException)
            {
                run.Conditions.SetFalse(ConditionTypes.Ready, HelmReleaseReasons.StateError, $"Could not determine release state: {e.Message}");
                return ReleaseOutcome.Failed;
            }

            var (next, ending) = await ChooseAsync(run, state, cancellationToken).ConfigureAwait(false);
            if (ending is { } outcome)
            {
                return outcome;
            }

            if (next is null)
            {
                run.Conditions.Remove(ConditionTypes.Reconciling);
                ReleaseSummary.Write(run);
                return ReleaseOutcome.Done;
            }

            if (done.Contains(next.Type))
            {
                return Pause(run);
            }

            var message = $"Running '{next.Name}' action with timeout of {new FluxDuration(next.Timeout(run))}";
            run.Conditions.SetReconciling(Reasons.Progressing, message);
            if (next.Type == HelmActionType.Release)
            {
                run.Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, message);
            }

            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await next.RunAsync(run, cancellationToken).ConfigureAwait(false);
            }
            catch (HelmActionException e)
            {
                return Fail(run, e.Message);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return ReleaseOutcome.Interrupted;
            }

            if (next.Type == HelmActionType.Remediate)
            {
                return AfterRemediation(run);
            }

            done.Add(next.Type);
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static ReleaseOutcome Fail(HelmReleaseRun run, string message)
    {
        if (Remediation.ActiveRetry(run) is { } retry)
        {
            return Retry(run, retry);
        }

        if (run.Conditions.IsTrue(ConditionTypes.Ready))
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, HelmReleaseReasons.ReconcileError, message);
        }

        return ReleaseOutcome.Failed;
    }

    private static ReleaseOutcome Pause(HelmReleaseRun run)
    {
        if (Remediation.ActiveRetry(run) is { } retry)
        {
            return Retry(run, retry);
        }

        if (Remediation.Active(run) is not { } remediation || !remediation.IsExhausted(run))
        {
            run.Conditions.SetReconciling(Reasons.ProgressingWithRetry, run.Conditions.Message(ConditionTypes.Ready) ?? "");
            return ReleaseOutcome.Again;
        }

        run.Conditions.Remove(ConditionTypes.Reconciling);
        return ReleaseOutcome.Again;
    }

    private static ReleaseOutcome AfterRemediation(HelmReleaseRun run)
    {
        if (Remediation.ActiveRetry(run) is { } retry)
        {
            return Retry(run, retry);
        }

        if (Remediation.Active(run) is not { } remediation || !remediation.IsExhausted(run) || remediation.IsUninstallAfterUpgrade)
        {
            run.Conditions.SetReconciling(Reasons.ProgressingWithRetry, run.Conditions.Message(ConditionTypes.Ready) ?? "");
            return ReleaseOutcome.Again;
        }

        return Stall(run);
    }

    private static ReleaseOutcome Retry(HelmReleaseRun run, TimeSpan interval)
    {
        run.Conditions.SetReconciling(Reasons.ProgressingWithRetry, $"retrying after {new FluxDuration(interval)}");
        return ReleaseOutcome.RetryLater;
    }

    private static ReleaseOutcome Stall(HelmReleaseRun run)
    {
        var failures = Remediation.Active(run)?.Failures(run) ?? 0;
        run.Conditions.SetStalled(HelmReleaseReasons.RetriesExceeded, $"Failed to {run.LastAction} after {failures} attempt(s)");
        return ReleaseOutcome.Stalled;
    }

    private static async Task<(HelmAction? Action, ReleaseOutcome? Ending)> ChooseAsync(
        HelmReleaseRun run, ReleaseState state, CancellationToken cancellationToken)
    {
        var isForced = run.TakeForceRequest();
        switch (state.Kind)
        {
            case ReleaseStateKind.InSync:
                KeepInSync(run);
                return (isForced ? new UpgradeAction() : null, null);
            case ReleaseStateKind.Locked:
                return (new UnlockAction(), null);
            case ReleaseStateKind.Leaving:
                return (new UninstallRemediationAction(), null);
            case ReleaseStateKind.Absent:
                return Remediation.Of(run, "install").IsExhausted(run) && !isForced ? (null, Stall(run)) : (new InstallAction(), null);
            case ReleaseStateKind.Unmanaged:
                run.History.Clear();
                return (new UpgradeAction(), null);
            case ReleaseStateKind.OutOfSync:
                return Remediation.Of(run, "upgrade").IsExhausted(run) && !isForced ? (null, Stall(run)) : (new UpgradeAction(), null);
            case ReleaseStateKind.Drifted:
                return (Drifted(run, state), null);
            case ReleaseStateKind.Untested:
                ReplaceRemediated(run);
                return (new TestAction(), null);
            default:
                return await AfterFailureAsync(run, isForced, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<(HelmAction? Action, ReleaseOutcome? Ending)> AfterFailureAsync(
        HelmReleaseRun run, bool isForced, CancellationToken cancellationToken)
    {
        if (Remediation.ActiveRetry(run) is not null)
        {
            run.History.TruncateToLongest();
            return (new UpgradeAction(), null);
        }

        // Without failures on the count, what made it fail has changed since.
        if (Remediation.Active(run) is not { } remediation || remediation.Failures(run) <= 0 || isForced)
        {
            return (new UpgradeAction(), null);
        }

        if (remediation.IsExhausted(run) && !remediation.RemediatesLastFailure)
        {
            return (null, Stall(run));
        }

        run.History.Truncate(remediation.IgnoresTestFailures);
        if (remediation.Uninstalls)
        {
            return (new UninstallRemediationAction(), null);
        }

        if (run.History.Previous(remediation.IgnoresTestFailures) is not { } previous)
        {
            run.Conditions.SetStalled(
                HelmReleaseReasons.MissingRollbackTarget,
                "Failed to perform remediation: missing target release for rollback: cannot remediate failed release");
            return (null, ReleaseOutcome.Stalled);
        }

        var record = await run.Storage.FindAsync(previous.Version, cancellationToken).ConfigureAwait(false);
        var isIntact = record is not null
            && (previous.ApiVersion != Snapshot.CurrentApiVersion || ReleaseDigest.Of(record, previous.OciDigest) == previous.Digest);
        return (isIntact ? new RollbackAction() : new UpgradeAction(), null);
    }

    private static HelmAction? Drifted(HelmReleaseRun run, ReleaseState state)
    {
        var message = $"Cluster state of release {run.History.Latest!.FullName} has drifted from the desired state:\n{string.Join('\n', state.Drift)}";
        run.Tell(EventSeverity.Error, HelmReleaseReasons.DriftDetected, message);
        run.Conditions.SetTrue(ConditionTypes.Drifted, HelmReleaseReasons.DriftDetected, message);
        return run.Spec.DriftDetection?.Mode == "enabled" ? new CorrectDriftAction(state.Drift) : null;
    }

    private static void KeepInSync(HelmReleaseRun run)
    {
        if (Remediation.ActiveRetry(run) is not null)
        {
            run.History.TruncateToLongest();
        }
        else
        {
            run.History.Truncate(Remediation.Active(run)?.IgnoresTestFailures ?? run.Spec.Test?.IgnoreFailures == true);
        }

        ReplaceRemediated(run);
        if (!run.Conditions.IsTrue(ConditionTypes.Ready) || !run.Conditions.IsTrue(ConditionTypes.Released))
        {
            var latest = run.History.Latest!;
            var (reason, verb) = run.Conditions.Reason(ConditionTypes.Released) switch
            {
                HelmReleaseReasons.InstallFailed => (HelmReleaseReasons.InstallSucceeded, "install"),
                HelmReleaseReasons.UpgradeFailed => (HelmReleaseReasons.UpgradeSucceeded, "upgrade"),
                _ => ("", ""),
            };
            if (reason.Length > 0)
            {
                run.Conditions.SetTrue(
                    ConditionTypes.Released, reason, $"Helm {verb} succeeded for release {latest.FullName} with chart {latest.VersionedChart}");
                ReleaseSummary.Write(run);
            }
        }

        if (run.Spec.DriftDetection?.Mode is "enabled" or "warn")
        {
            run.Conditions.SetFalse(ConditionTypes.Drifted, HelmReleaseReasons.NoDriftDetected, "No drift detected against the cluster state");
        }
    }

    // A rollback may have led to exactly what is wanted now.
    private static void ReplaceRemediated(HelmReleaseRun run)
    {
        if (!run.Conditions.IsTrue(ConditionTypes.Remediated))
        {
            return;
        }

        var latest = run.History.Latest!;
        run.Conditions.Remove(ConditionTypes.Remediated);
        run.Conditions.Remove(ConditionTypes.Released);
        run.Conditions.SetTrue(
            ConditionTypes.Released,
            HelmReleaseReasons.UpgradeSucceeded,
            $"Helm upgrade succeeded for release {latest.FullName} with chart {latest.VersionedChart}");
    }
}

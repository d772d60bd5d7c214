using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Turns how a run ended into conditions, events and the next time.</summary>
internal static class KustomizationSummary
{
    public static async Task<ReconcileResult> FinishAsync(KustomizationRun run, StepResult result, CancellationToken cancellationToken)
    {
        if (result == StepResult.Closed)
        {
            run.Object.NoteRequest();
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.In(run.Opens - run.Services.Settings.Time.GetUtcNow());
        }

        if (result is StepResult.Failed or StepResult.Broken)
        {
            run.Tell(EventSeverity.Error, run.Conditions.Message(ConditionTypes.Ready) ?? "");
        }

        Settle(run);
        if (result == StepResult.Stalled)
        {
            run.Object.Status["observedGeneration"] = run.Kustomization.Metadata.Generation;
        }

        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        TellFinished(run);
        return result switch
        {
            StepResult.Done => ReconcileResult.In(run.Services.Settings.Jitter(run.Spec.Interval ?? new FluxDuration(TimeSpan.FromMinutes(1)))),
            StepResult.Failed => ReconcileResult.In(run.RetryInterval),
            StepResult.Waiting => ReconcileResult.In(run.Services.DependencyRetry),
            StepResult.Interrupted => ReconcileResult.Again,
            StepResult.Stalled => ReconcileResult.Done,
            _ => ReconcileResult.BackOff,
        };
    }

    /// <summary>Notes the request, the generation and whether a retry is to come, as every run does, also of a suspended object.</summary>
    public static void Settle(KustomizationRun run)
    {
        run.Object.NoteRequest();
        if (run.Conditions.IsTrue(ConditionTypes.Ready))
        {
            run.Conditions.Remove(ConditionTypes.Reconciling);
            run.Object.Status["observedGeneration"] = run.Kustomization.Metadata.Generation;
        }
        else if (run.Conditions.IsFalse(ConditionTypes.Ready) && run.Conditions.Find(ConditionTypes.Reconciling) is { } reconciling)
        {
            run.Conditions.SetTrue(ConditionTypes.Reconciling, Reasons.ProgressingWithRetry, reconciling.GetString("message") ?? "");
        }
    }

    /// <summary>Tells that a run ended well; that of a deletion does too.</summary>
    public static void TellFinished(KustomizationRun run)
    {
        if (run.Conditions.IsTrue(ConditionTypes.Ready) && run.Spec.Suspend != true)
        {
            run.Tell(
                EventSeverity.Info,
                $"Reconciliation finished in {new FluxDuration(run.Elapsed)}, next run in {run.Spec.Interval}",
                run.Object.Status.GetString("lastAppliedRevision") ?? "",
                run.Object.Status.GetString("lastAppliedOriginRevision") ?? "",
                ("kustomize.toolkit.fluxcd.io/commit_status", "update"));
        }
    }
}

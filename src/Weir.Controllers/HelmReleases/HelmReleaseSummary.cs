using Weir.Flux;

namespace Weir.Controllers;

/// <summary>Turns how a run ended into the last of its conditions and the next time.</summary>
internal static class HelmReleaseSummary
{
    public static async Task<ReconcileResult> FinishAsync(HelmReleaseRun run, HelmReleaseStep step, CancellationToken cancellationToken)
    {
        run.Object.NoteRequest();
        if (step is HelmReleaseStep.Done or HelmReleaseStep.RetryLater or HelmReleaseStep.Stalled)
        {
            run.Status["observedGeneration"] = run.Release.Metadata.Generation;
        }

        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        return step switch
        {
            HelmReleaseStep.Done => ReconcileResult.In(run.Services.Settings.Jitter(run.Spec.Interval ?? new FluxDuration(TimeSpan.FromMinutes(5)))),
            HelmReleaseStep.Again => ReconcileResult.Again,
            HelmReleaseStep.RetryLater => ReconcileResult.In(run.Services.Settings.Jitter(Remediation.ActiveRetry(run) ?? TimeSpan.FromMinutes(5))),
            HelmReleaseStep.Waiting => ReconcileResult.In(run.Services.DependencyRetry),
            HelmReleaseStep.Closed => ReconcileResult.In(run.Opens - run.Services.Settings.Time.GetUtcNow()),
            HelmReleaseStep.Stalled => ReconcileResult.Done,
            _ => ReconcileResult.BackOff,
        };
    }
}

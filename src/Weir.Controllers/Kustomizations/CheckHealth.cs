using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Waits for the health of what was applied or named. A change of the object or its source ends the wait.</summary>
internal static class CheckHealth
{
    public static async Task<StepResult> RunAsync(
        KustomizationRun run,
        KubernetesClient target,
        AppliedSet applied,
        IReadOnlyList<MapValue> objects,
        HealthRules rules,
        CancellationToken interruption,
        CancellationToken cancellationToken)
    {
        var targets = Targets(run, applied, objects);
        if (targets.Count == 0)
        {
            run.Conditions.Remove(ConditionTypes.Healthy);
            return Succeed(run);
        }

        var started = run.Services.Settings.Time.GetTimestamp();
        var wasHealthy = run.Conditions.IsTrue(ConditionTypes.Healthy);
        var isNewRevision = run.Object.Status.GetString("lastAppliedRevision") != run.Revision;
        var message = $"Running health checks for revision {run.Revision} with a timeout of {run.Timeout}";
        run.Conditions.SetReconciling(Reasons.Progressing, message);
        run.Conditions.SetUnknown(ConditionTypes.Healthy, Reasons.Progressing, message);
        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);

        string? complaint;
        try
        {
            var waiter = rules.Waiter(target);
            complaint = await waiter.WaitAsync(
                targets,
                run.Timeout,
                failsFast: true,
                run.Services.CancelsHealthChecks ? interruption : cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            run.Fail(Reasons.HealthCheckCanceled, "New reconciliation triggered");
            run.Tell(EventSeverity.Info, "Health checks canceled due to new reconciliation");
            return StepResult.Interrupted;
        }

        var elapsed = new FluxDuration(run.Services.Settings.Time.GetElapsedTime(started));
        if (complaint is not null)
        {
            run.Conditions.SetFalse(ConditionTypes.Healthy, Reasons.HealthCheckFailed, complaint);
            run.AddHistory(Reasons.HealthCheckFailed);
            run.Fail(Reasons.HealthCheckFailed, $"health check failed after {elapsed}: {complaint}");
            return StepResult.Failed;
        }

        var passed = $"Health check passed in {elapsed}";
        if (!wasHealthy || (isNewRevision && applied.HasDrifted))
        {
            run.Tell(EventSeverity.Info, passed);
        }

        run.Conditions.SetTrue(ConditionTypes.Healthy, Reasons.Succeeded, passed);
        return Succeed(run);
    }

    private static List<HealthTarget> Targets(KustomizationRun run, AppliedSet applied, IReadOnlyList<MapValue> objects)
    {
        var targets = new List<HealthTarget>();
        if (run.Spec.Wait == true)
        {
            var vanishing = JobsWithTimeToLive(objects);
            foreach (var change in applied.Changes)
            {
                if (change.Action != ChangeAction.Skipped && !IsSelf(run, change.Key))
                {
                    targets.Add(new(change.Key, change.Version, vanishing.Contains(change.Key)));
                }
            }

            return targets;
        }

        foreach (var check in run.Spec.HealthChecks ?? [])
        {
            var kind = GroupVersionKind.Of(string.IsNullOrEmpty(check.ApiVersion) ? "apps/v1" : check.ApiVersion, check.Kind);
            var key = new ObjectKey(kind.Group, kind.Kind, check.Namespace ?? "", check.Name);
            if (!IsSelf(run, key))
            {
                targets.Add(new(key, kind.Version));
            }
        }

        return targets;
    }

    private static HashSet<ObjectKey> JobsWithTimeToLive(IReadOnlyList<MapValue> objects)
    {
        var keys = new HashSet<ObjectKey>();
        foreach (var value in objects)
        {
            if (value.GroupVersionKind() is { Group: "batch", Kind: "Job" } && value.At("spec", "ttlSecondsAfterFinished") is not null)
            {
                keys.Add(value.Key());
            }
        }

        return keys;
    }

    private static bool IsSelf(KustomizationRun run, ObjectKey key) =>
        key.Kind == Kustomization.Kind.Kind && key.Name == run.Kustomization.Metadata.Name && key.Namespace == run.Space;

    private static StepResult Succeed(KustomizationRun run)
    {
        var status = run.Object.Status;
        status["lastAppliedRevision"] = run.Revision;
        if (run.OriginRevision.Length > 0)
        {
            status["lastAppliedOriginRevision"] = run.OriginRevision;
        }
        else
        {
            status.Remove("lastAppliedOriginRevision");
        }

        run.Conditions.SetTrue(ConditionTypes.Ready, Reasons.ReconciliationSucceeded, $"Applied revision: {run.Revision}");
        run.AddHistory(Reasons.ReconciliationSucceeded);
        return StepResult.Done;
    }
}

using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Builds a folder of a source and applies it: source, dependencies, artifact, build, intent, apply, prune, health. What comes
/// out becomes conditions, events and the next time in <see cref="KustomizationSummary"/>.
/// </summary>
internal sealed class KustomizationController(KustomizationServices services) : IReconciler
{
    public GroupVersionKind Kind => Kustomization.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var kustomization = Kustomization.Read(live).Result!;
        var run = new KustomizationRun(services, live, kustomization);
        if (kustomization.Metadata.IsBeingDeleted)
        {
            return await FinalizeKustomization.RunAsync(run, cancellationToken).ConfigureAwait(false);
        }

        if (!run.Object.HasFinalizer(Annotations.Finalizer))
        {
            run.Object.AddFinalizer(Annotations.Finalizer);
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Again;
        }

        if (kustomization.Spec.Suspend == true)
        {
            KustomizationSummary.Settle(run);
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Done;
        }

        StepResult result;
        try
        {
            result = await RunAsync(run, interruption, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or KindNotServedException)
        {
            run.Fail(Reasons.ReconciliationFailed, e.Message);
            result = StepResult.Failed;
        }

        return await KustomizationSummary.FinishAsync(run, result, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<StepResult> RunAsync(KustomizationRun run, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (Unsupported.Find(run) is { } refusal)
        {
            run.Fail(Reasons.FeatureGateDisabled, refusal);
            run.Conditions.SetStalled(Reasons.FeatureGateDisabled, refusal);
            return StepResult.Stalled;
        }

        if (HealthRules.Compile(run.Spec.HealthCheckExprs, out var rules) is { } mistake)
        {
            return run.Stall(Reasons.InvalidCelExpression, mistake, "", "");
        }

        var step = await FindSource.RunAsync(run, cancellationToken).ConfigureAwait(false);
        if (step != StepResult.Done)
        {
            return step;
        }

        if (HoldBack(run) is { } held)
        {
            return held;
        }

        step = await CheckDependencies.RunAsync(run, cancellationToken).ConfigureAwait(false);
        if (step != StepResult.Done)
        {
            return step;
        }

        run.Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, "Reconciliation in progress");
        run.Conditions.SetReconciling(Reasons.Progressing, $"Fetching manifests for revision {run.Revision} with a timeout of {run.Timeout}");
        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);

        IFileTree tree;
        try
        {
            tree = await run.Services.Artifacts.ReadTreeAsync(run.Artifact, cancellationToken).ConfigureAwait(false);
        }
        catch (ArtifactException e) when (e.IsMissing)
        {
            run.Fail(Reasons.ArtifactFailed, $"Source is not ready, artifact not found, retrying in {new FluxDuration(run.Services.DependencyRetry)}");
            return StepResult.Waiting;
        }
        catch (ArtifactException e)
        {
            run.Fail(Reasons.ArtifactFailed, e.Message);
            return StepResult.Failed;
        }

        var target = await TargetCluster.ForAsync(run, cancellationToken).ConfigureAwait(false);
        if (target is null)
        {
            return StepResult.Failed;
        }

        var rendering = await BuildObjects.RunAsync(run, tree, cancellationToken).ConfigureAwait(false);
        if (rendering is null)
        {
            return StepResult.Failed;
        }

        run.Digest = rendering.Digest;
        if (!GuardPrune.Run(run, rendering.Objects))
        {
            return StepResult.Failed;
        }

        run.Conditions.SetReconciling(Reasons.Progressing, $"Detecting drift for revision {run.Revision} with a timeout of {run.Timeout}");
        var applied = DetectDrift.IsAskedFor(run)
            ? await DetectDrift.RunAsync(run, target, rendering.Objects, cancellationToken).ConfigureAwait(false)
            : await ApplyObjects.RunAsync(run, target, rendering.Objects, cancellationToken).ConfigureAwait(false);
        if (applied is null)
        {
            run.AddHistory(Reasons.ReconciliationFailed);
            return StepResult.Failed;
        }

        if (!await PruneObjects.RunAsync(run, target, applied, cancellationToken).ConfigureAwait(false))
        {
            run.AddHistory(Reasons.PruneFailed);
            return StepResult.Failed;
        }

        return await CheckHealth.RunAsync(run, target, applied, rendering.Objects, rules, interruption, cancellationToken).ConfigureAwait(false);
    }

    // Outside of its windows an object stays as it is; what is new waits.
    private static StepResult? HoldBack(KustomizationRun run)
    {
        var gate = MaintenanceGate.Of(run.Object, run.Services.Settings.Time.GetUtcNow());
        if (!gate.IsClosed)
        {
            return null;
        }

        if (gate.Mistake is { } mistake)
        {
            return run.Stall(MaintenanceGate.Invalid, mistake, run.Revision, run.OriginRevision);
        }

        run.Opens = gate.Opens;
        if (run.Object.Status.GetString("lastAppliedRevision") != run.Revision
            || run.Object.Status.GetInt("observedGeneration") != run.Kustomization.Metadata.Generation)
        {
            run.Conditions.SetReconciling(MaintenanceGate.Closed, $"Revision {run.Revision} waits for the maintenance window that opens at {gate.OpensText}");
        }
        else
        {
            run.Conditions.Remove(ConditionTypes.Reconciling);
        }

        return StepResult.Closed;
    }
}

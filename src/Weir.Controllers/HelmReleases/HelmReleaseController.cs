using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Releases a chart: HelmChart object, dependencies, source, values, chart, cluster, a release that moved, and then the loop of
/// Helm actions in <see cref="AtomicRelease"/>.
/// </summary>
internal sealed class HelmReleaseController(HelmReleaseServices services) : IReconciler
{
    public GroupVersionKind Kind => HelmRelease.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new HelmReleaseRun(services, live, HelmRelease.Read(live).Result!) { Interruption = interruption };
        if (run.Release.Metadata.IsBeingDeleted)
        {
            return await FinalizeHelmRelease.RunAsync(run, cancellationToken).ConfigureAwait(false);
        }

        if (!run.Object.HasFinalizer(Annotations.Finalizer))
        {
            run.Object.AddFinalizer(Annotations.Finalizer);
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Again;
        }

        if (run.Spec.Suspend == true)
        {
            run.Object.NoteRequest();
            run.Status["observedGeneration"] = run.Release.Metadata.Generation;
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Done;
        }

        var outcome = HelmReleaseStep.Failed;
        try
        {
            outcome = await RunAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (AccessDeniedException e)
        {
            run.Conditions.SetStalled(Reasons.AccessDenied, e.Message);
            run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.AccessDenied, e.Message);
            run.Tell(EventSeverity.Error, Reasons.AccessDenied, e.Message);
            outcome = HelmReleaseStep.Stalled;
        }
        catch (HelmActionException e)
        {
            services.Settings.Log?.Invoke(new(LogLevel.Error, Kind.Kind, name, e.Message, null));
        }

        return await HelmReleaseSummary.FinishAsync(run, outcome, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HelmReleaseStep> RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        if (run.Spec.KubeConfig is { ConfigMapRef: not null, SecretRef: null })
        {
            const string message = "spec.kubeConfig.configMapRef is not supported: cloud identities are not available here; use spec.kubeConfig.secretRef";
            run.Conditions.SetStalled(Reasons.FeatureGateDisabled, message);
            run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.FeatureGateDisabled, message);
            return HelmReleaseStep.Stalled;
        }

        if (HealthRules.Compile(run.Spec.HealthCheckExprs, out var rules) is { } mistake)
        {
            return Stall(run, mistake);
        }

        run.Health = rules;
        await ChartTemplateStep.RunAsync(run, cancellationToken).ConfigureAwait(false);
        run.Conditions.SetReconciling(Reasons.Progressing, "Fulfilling prerequisites");
        await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        var readiness = new List<ReadyExpression?>();
        foreach (var dependency in run.Spec.DependsOn ?? [])
        {
            ReadyExpression? ready = null;
            if (dependency.ReadyExpr is { Length: > 0 } text && ReadyExpression.Compile(text, out ready) is { } wrong)
            {
                return Stall(run, $"failed to evaluate dependency {dependency.Name}: {wrong}");
            }

            readiness.Add(ready);
        }

        if (await DependencyProblemAsync(run, readiness, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.DependencyNotReady, problem);
            run.Tell(EventSeverity.Info, Reasons.DependencyNotReady, problem);
            return HelmReleaseStep.Waiting;
        }

        Forget(run, Reasons.DependencyNotReady);
        MapValue? artifact;
        try
        {
            artifact = await FindChart.FindArtifactAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.ArtifactFailed, $"could not get Source object: {e.Message}");
            return HelmReleaseStep.Failed;
        }

        if (artifact is null)
        {
            return HelmReleaseStep.Waiting;
        }

        Forget(run, Reasons.AccessDenied, Reasons.ArtifactFailed, HelmReleaseReasons.SourceNotReady);
        if (await ComposeValues.RunAsync(run, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, HelmReleaseReasons.ValuesError, fault);
            run.Tell(EventSeverity.Error, HelmReleaseReasons.ValuesError, fault);
            return HelmReleaseStep.Failed;
        }

        Forget(run, HelmReleaseReasons.ValuesError);
        try
        {
            await FindChart.LoadAsync(run, artifact, cancellationToken).ConfigureAwait(false);
        }
        catch (ArtifactException e) when (e.IsMissing)
        {
            run.Conditions.SetFalse(
                ConditionTypes.Ready,
                Reasons.ArtifactFailed,
                $"Source not ready: artifact not found. Retrying in {new FluxDuration(services.DependencyRetry)}");
            return HelmReleaseStep.Waiting;
        }
        catch (Exception e) when (e is ArtifactException or HelmActionException)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.ArtifactFailed, $"Could not load chart: {e.Message}");
            run.Tell(EventSeverity.Error, Reasons.ArtifactFailed, e.Message);
            return HelmReleaseStep.Failed;
        }

        if (!await ConnectAsync(run, cancellationToken).ConfigureAwait(false))
        {
            return HelmReleaseStep.Failed;
        }

        if (HoldBack(run) is { } held)
        {
            return held;
        }

        if (HasMoved(run))
        {
            return await MoveAsync(run, cancellationToken).ConfigureAwait(false);
        }

        run.Status["storageNamespace"] = run.StorageNamespace;
        NoteAttempt(run);
        return (await AtomicRelease.RunAsync(run, cancellationToken).ConfigureAwait(false)) switch
        {
            ReleaseOutcome.Done => HelmReleaseStep.Done,
            ReleaseOutcome.Again => HelmReleaseStep.Again,
            ReleaseOutcome.RetryLater => HelmReleaseStep.RetryLater,
            ReleaseOutcome.Stalled => HelmReleaseStep.Stalled,
            ReleaseOutcome.Interrupted => Interrupted(run),
            _ => HelmReleaseStep.Failed,
        };
    }

    /// <summary>Makes the client of the target and its storage; false when that fails: the run's condition says why.</summary>
    public static async Task<bool> ConnectAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        try
        {
            run.Target = await TargetCluster.OpenAsync(
                run.Services.Client,
                run.Space,
                run.Spec.KubeConfig,
                TargetCluster.Account(run.Spec.ServiceAccountName, run.Services.DefaultServiceAccount),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TargetClusterException e)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, HelmReleaseReasons.RestClientError, e.Message);
            return false;
        }

        Forget(run, HelmReleaseReasons.RestClientError);
        var storage = run.Status.GetString("storageNamespace");
        run.Storage = new ReleaseStorage(run.Target, string.IsNullOrEmpty(storage) ? run.StorageNamespace : storage, run.ReleaseName, run.Services.Settings.Time);
        return true;
    }

    // Outside of its windows a release stays as it is; what is new waits.
    private static HelmReleaseStep? HoldBack(HelmReleaseRun run)
    {
        var gate = MaintenanceGate.Of(run.Object, run.Services.Settings.Time.GetUtcNow());
        if (!gate.IsClosed)
        {
            return null;
        }

        if (gate.Mistake is { } mistake)
        {
            return Stall(run, mistake, MaintenanceGate.Invalid);
        }

        run.Opens = gate.Opens;
        var status = run.Status;
        if (status.GetString("lastAttemptedRevision") != run.ChartVersion
            || status.GetInt("lastAttemptedGeneration") != run.Release.Metadata.Generation
            || status.GetString("lastAttemptedConfigDigest") != run.ConfigDigest)
        {
            run.Conditions.SetReconciling(
                MaintenanceGate.Closed, $"Chart {run.Chart.Name}@{run.ChartVersion} with its values waits for the maintenance window that opens at {gate.OpensText}");
        }
        else
        {
            run.Conditions.Remove(ConditionTypes.Reconciling);
        }

        return HelmReleaseStep.Closed;
    }

    private static HelmReleaseStep Interrupted(HelmReleaseRun run)
    {
        run.Conditions.SetFalse(ConditionTypes.Ready, Reasons.HealthCheckCanceled, "New reconciliation triggered");
        run.Tell(EventSeverity.Info, Reasons.HealthCheckCanceled, "Health checks canceled due to new reconciliation");
        return HelmReleaseStep.Again;
    }

    // A Ready=False of an earlier step that has succeeded since must not outlive it.
    private static void Forget(HelmReleaseRun run, params ReadOnlySpan<string> reasons)
    {
        if (run.Conditions.Reason(ConditionTypes.Ready) is { } reason && reasons.Contains(reason))
        {
            run.Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, "reconciliation in progress");
        }
    }

    private static HelmReleaseStep Stall(HelmReleaseRun run, string mistake, string reason = Reasons.InvalidCelExpression)
    {
        var message = $"Reconciliation failed terminally due to configuration error: {mistake}";
        run.Conditions.SetFalse(ConditionTypes.Ready, reason, message);
        run.Conditions.SetStalled(reason, message);
        run.Tell(EventSeverity.Error, reason, message);
        return HelmReleaseStep.Stalled;
    }

    private static async Task<string?> DependencyProblemAsync(
        HelmReleaseRun run, List<ReadyExpression?> readiness, CancellationToken cancellationToken)
    {
        var dependencies = run.Spec.DependsOn;
        for (var i = 0; i < readiness.Count; i++)
        {
            var dependency = dependencies![i];
            var space = string.IsNullOrEmpty(dependency.Namespace) ? run.Space : dependency.Namespace;
            MapValue live;
            try
            {
                live = await run.Services.Client.GetAsync(dependency.KindIn(HelmRelease.Kind), space, dependency.Name, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e)
            {
                return $"unable to get '{space}/{dependency.Name}' dependency: {e.Message}";
            }

            if (readiness[i] is { } ready)
            {
                if (ready.Problem(run.Object.Value, live, $"{space}/{dependency.Name}") is { } reason)
                {
                    return reason;
                }

                continue;
            }

            var status = live.GetMap("status") ?? [];
            if (live.GetMap("metadata")?.GetInt("generation") != status.GetInt("observedGeneration")
                || !new ConditionList(status, 0, run.Services.Settings.Time).IsTrue(ConditionTypes.Ready))
            {
                return await NotReady.ExplainAsync(
                    run.Services.Client, run.Object.Value, live, $"{space}/{dependency.Name}", cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private static bool HasMoved(HelmReleaseRun run)
    {
        var storage = run.Status.GetString("storageNamespace");
        if (string.IsNullOrEmpty(storage) || run.History.Latest is not { } latest)
        {
            return false;
        }

        return run.StorageNamespace != storage
            || run.ReleaseNamespace != latest.Namespace
            || run.ReleaseName != latest.Name
            || (run.Chart.Name != latest.ChartName && run.Spec.Upgrade?.ChartNameChangeStrategy != "InPlaceUpdate");
    }

    private static async Task<HelmReleaseStep> MoveAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var latest = run.History.Latest!;
        run.Storage = new ReleaseStorage(run.Target, run.Status.GetString("storageNamespace")!, latest.Name, run.Services.Settings.Time);
        await new UninstallAction().RunAsync(run, cancellationToken).ConfigureAwait(false);
        run.History.Clear();
        run.ClearFailures();
        run.Status.Remove("storageNamespace");
        return HelmReleaseStep.Again;
    }

    private static void NoteAttempt(HelmReleaseRun run)
    {
        var status = run.Status;
        var isReset = run.TakeResetRequest();
        if (status.GetInt("lastAttemptedGeneration") != run.Release.Metadata.Generation
            || (status.GetString("lastAttemptedRevision") ?? "") != run.ChartVersion
            || (status.GetString("lastAttemptedConfigDigest") is { Length: > 0 } digest && digest != run.ConfigDigest)
            || isReset)
        {
            run.ClearFailures();
        }

        status["lastAttemptedGeneration"] = run.Release.Metadata.Generation;
        status["lastAttemptedRevision"] = run.ChartVersion;
        status["lastAttemptedConfigDigest"] = run.ConfigDigest;
        if (run.OciDigest.Length > 0)
        {
            status["lastAttemptedRevisionDigest"] = run.OciDigest;
        }
        else
        {
            status.Remove("lastAttemptedRevisionDigest");
        }
    }
}

using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Keeps the chart of a HelmChart at the version that it asks for: storage, source, version, values, dependencies, archive.
/// </summary>
internal sealed class HelmChartController(SourceServices services, RemoteSources remotes) : IReconciler
{
    public GroupVersionKind Kind => HelmChart.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new SourceRun(services, live);
        var chart = HelmChart.Read(live).Result!;
        if (await SourceLifecycle.HandleAsync(services, run, "helmchart", chart.Spec.Suspend == true, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        await run.BeginAsync(cancellationToken).ConfigureAwait(false);
        await run.CheckStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await RunAsync(run, chart, cancellationToken).ConfigureAwait(false);
        return await run.SummarizeAsync(outcome, chart.Spec.Interval ?? default(FluxDuration), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceOutcome> RunAsync(SourceRun run, HelmChart chart, CancellationToken cancellationToken)
    {
        if (run.Conditions.IsFalse(ConditionTypes.SourceVerified) || chart.Spec.Verify is null)
        {
            run.Conditions.Remove(ConditionTypes.SourceVerified);
        }

        var (source, unavailable) = await ChartSourceStep.FindAsync(services, run, chart, cancellationToken).ConfigureAwait(false);
        if (unavailable is not null)
        {
            return unavailable;
        }

        ChartBuild build;
        if (source!.GroupVersionKind() == HelmRepository.Kind)
        {
            var repository = HelmRepository.Read(source!).Result!;
            build = await RemoteChartStep.RunAsync(services, remotes, run, chart, repository, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            build = await LocalChartStep.RunAsync(services, remotes, run, chart, source!, cancellationToken).ConfigureAwait(false);
        }

        if (build.Outcome is { } ended)
        {
            return ended;
        }

        await ObserveAsync(run, build, cancellationToken).ConfigureAwait(false);
        if (build.Failure is { } failure)
        {
            return Fail(run, failure.Fault, failure.Cause);
        }

        var stored = await ChartStoreStep.RunAsync(services, run, chart, build, cancellationToken).ConfigureAwait(false);
        if (stored.Kind == SourceOutcomeKind.Done)
        {
            run.TellArtifactAs(
                build.Reason,
                build.Reason,
                build.Summary,
                ConditionTypes.BuildFailed,
                ConditionTypes.FetchFailed,
                ConditionTypes.StorageOperationFailed);
        }

        return stored;
    }

    private static async Task ObserveAsync(SourceRun run, ChartBuild build, CancellationToken cancellationToken)
    {
        var isKnown = build.Name == run.Object.Status.GetString("observedChartName") && build.Version == run.Revision;
        if (build.Name.Length > 0 && !isKnown)
        {
            await run.OutdateAsync(SourceReasons.NewChart, build.Summary, cancellationToken).ConfigureAwait(false);
        }

        if (build.IsComplete)
        {
            run.Conditions.Remove(ConditionTypes.FetchFailed);
            run.Conditions.Remove(ConditionTypes.BuildFailed);
            if (build.ResolvedDependencies > 0)
            {
                run.Tell(EventSeverity.Trace, SourceReasons.ResolvedDependencies, $"resolved {build.ResolvedDependencies} chart dependencies");
            }
        }
    }

    private static SourceOutcome Fail(SourceRun run, ChartFault fault, string cause)
    {
        run.Conditions.Remove(fault.IsBuild ? ConditionTypes.FetchFailed : ConditionTypes.BuildFailed);
        var condition = fault.IsBuild ? ConditionTypes.BuildFailed : ConditionTypes.FetchFailed;
        var message = $"{fault.Summary}: {cause}";
        return fault.IsPersistent ? run.StallStep(condition, fault.Reason, message) : run.FailStep(condition, fault.Reason, message);
    }
}

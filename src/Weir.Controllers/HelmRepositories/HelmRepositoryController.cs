using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Keeps the index of a HelmRepository: storage, credentials, index, archive. One of type <c>oci</c> has nothing to keep: it is
/// read by the charts that refer to it, and its status stays empty.
/// </summary>
internal sealed class HelmRepositoryController(SourceServices services, RemoteSources remotes) : IReconciler
{
    private const string Folder = "helmrepository";

    private static readonly FluxDuration DefaultInterval = new(TimeSpan.FromMinutes(1));

    public GroupVersionKind Kind => HelmRepository.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new SourceRun(services, live);
        var repository = HelmRepository.Read(live).Result!;
        if (repository.Spec.Type == "oci")
        {
            return await ClearAsync(run, repository, cancellationToken).ConfigureAwait(false);
        }

        if (await SourceLifecycle.HandleAsync(services, run, Folder, repository.Spec.Suspend == true, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        await run.BeginAsync(cancellationToken).ConfigureAwait(false);
        await run.CheckStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await RunAsync(run, repository, cancellationToken).ConfigureAwait(false);
        return await run.SummarizeAsync(outcome, repository.Spec.Interval ?? DefaultInterval, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceOutcome> RunAsync(SourceRun run, HelmRepository repository, CancellationToken cancellationToken)
    {
        var fetch = await HelmFetchStep.RunAsync(services, remotes, run, repository, cancellationToken).ConfigureAwait(false);
        if (fetch.Outcome is { } ended)
        {
            return ended;
        }

        var stored = await HelmStoreStep.RunAsync(services, run, repository, fetch, cancellationToken).ConfigureAwait(false);
        if (stored.Kind == SourceOutcomeKind.Done)
        {
            var size = run.Artifact?.GetInt("size") is { } bytes ? $"size {HumanSize.Write(bytes)}" : "unknown size";
            run.TellArtifact(
                $"stored fetched index of {size} from '{repository.Spec.Url}'",
                ConditionTypes.FetchFailed,
                ConditionTypes.StorageOperationFailed);
        }

        return stored;
    }

    /// <summary>A repository that became one of type <c>oci</c> loses what it had of the other type.</summary>
    private async Task<ReconcileResult> ClearAsync(SourceRun run, HelmRepository repository, CancellationToken cancellationToken)
    {
        var value = run.Object;
        if (repository.Spec.Suspend == true && !value.Metadata.IsBeingDeleted)
        {
            return ReconcileResult.Done;
        }

        if (value.HasFinalizer(Annotations.Finalizer) || value.Status.Count > 0)
        {
            services.Store.RemoveAll(Folder, value.Metadata.Namespace, value.Metadata.Name);
            value.RemoveFinalizer(Annotations.Finalizer);
            value.Status.Clear();
            await value.PatchAsync(cancellationToken).ConfigureAwait(false);
        }

        return ReconcileResult.Done;
    }
}

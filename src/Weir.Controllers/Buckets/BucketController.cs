using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Keeps the artifact of a Bucket at what the bucket holds: storage, files, archive.</summary>
internal sealed class BucketController(SourceServices services, RemoteSources remotes) : IReconciler
{
    public GroupVersionKind Kind => Bucket.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new SourceRun(services, live);
        var bucket = Bucket.Read(live).Result!;
        if (await SourceLifecycle.HandleAsync(services, run, "bucket", bucket.Spec.Suspend == true, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        await run.BeginAsync(cancellationToken).ConfigureAwait(false);
        await run.CheckStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await RunAsync(run, bucket, cancellationToken).ConfigureAwait(false);
        return await run.SummarizeAsync(outcome, bucket.Spec.Interval ?? default(FluxDuration), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceOutcome> RunAsync(SourceRun run, Bucket bucket, CancellationToken cancellationToken)
    {
        var fetch = await BucketFetchStep.RunAsync(services, remotes, run, bucket, cancellationToken).ConfigureAwait(false);
        if (fetch.Outcome is { } ended)
        {
            return ended;
        }

        var archived = await BucketArchiveStep.RunAsync(services, run, bucket, fetch, cancellationToken).ConfigureAwait(false);
        if (archived.Kind == SourceOutcomeKind.Done)
        {
            run.TellArtifact(
                $"stored artifact with {fetch.Keys.Count} fetched files from '{bucket.Spec.BucketName}' bucket",
                ConditionTypes.FetchFailed,
                ConditionTypes.StorageOperationFailed);
        }

        return archived;
    }
}

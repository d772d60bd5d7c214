using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;

namespace Weir.Controllers;

/// <summary>Packs the files and writes the artifact to the status.</summary>
internal static class BucketArchiveStep
{
    private const string Latest = "latest.tar.gz";

    public static async Task<SourceOutcome> RunAsync(
        SourceServices services,
        SourceRun run,
        Bucket bucket,
        BucketFetch fetch,
        CancellationToken cancellationToken)
    {
        if (run.Revision == fetch.Revision && bucket.Spec.Ignore == run.Object.Status.GetString("observedIgnore"))
        {
            run.Tell(EventSeverity.Trace, SourceReasons.ArtifactUpToDate, $"artifact up-to-date with remote revision: '{fetch.Revision}'");
            return Finish(run);
        }

        await run.OutdateAsync($"new upstream revision '{fetch.Revision}'", cancellationToken).ConfigureAwait(false);
        var file = $"{fetch.Revision[(fetch.Revision.IndexOf(':', StringComparison.Ordinal) + 1)..]}.tar.gz";
        var path = ArtifactStore.PathOf("bucket", bucket.Metadata.Namespace, bucket.Metadata.Name, file);
        using var folder = new WorkFolder();
        try
        {
            if (await FillAsync(fetch, folder.Path, bucket.Spec.Timeout, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                return run.FailStep(ConditionTypes.FetchFailed, SourceReasons.BucketOperationFailed, problem);
            }

            var artifact = await services.Store.StoreAsync(
                path,
                fetch.Revision,
                stream =>
                {
                    TarGz.WriteDirectory(folder.Path, new IgnorePatterns(), stream);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            run.Record(artifact, Latest, MirrorNote.Add(null, fetch.Mirror));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run.FailStep(ConditionTypes.StorageOperationFailed, SourceReasons.ArchiveOperationFailed, $"unable to archive artifact to storage: {e.Message}");
        }

        if (bucket.Spec.Ignore is { } ignore)
        {
            run.Object.Status["observedIgnore"] = ignore;
        }
        else
        {
            run.Object.Status.Remove("observedIgnore");
        }

        run.Conditions.Remove(ConditionTypes.StorageOperationFailed);
        return Finish(run);
    }

    private static async Task<string?> FillAsync(BucketFetch fetch, string folder, FluxDuration? timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        try
        {
            return await fetch.Fill(folder, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "context deadline exceeded";
        }
    }

    private static SourceOutcome Finish(SourceRun run)
    {
        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, Reasons.Succeeded, $"stored artifact: revision '{run.Revision}'");
        return SourceOutcome.Done;
    }
}

using Weir.Flux;
using Weir.Sources.Artifacts;

namespace Weir.Controllers;

/// <summary>Stores the index and writes the artifact to the status.</summary>
internal static class HelmStoreStep
{
    private const string Latest = "index.yaml";

    public static async Task<SourceOutcome> RunAsync(
        SourceServices services,
        SourceRun run,
        HelmRepository repository,
        HelmIndexFetch fetch,
        CancellationToken cancellationToken)
    {
        if (fetch.Content is not { } content)
        {
            run.Tell(EventSeverity.Trace, SourceReasons.ArtifactUpToDate, $"artifact up-to-date with remote revision: '{fetch.Revision}'");
            return Finish(run);
        }

        var file = $"index-{fetch.Revision[(fetch.Revision.IndexOf(':', StringComparison.Ordinal) + 1)..]}.yaml";
        var path = ArtifactStore.PathOf("helmrepository", repository.Metadata.Namespace, repository.Metadata.Name, file);
        try
        {
            var artifact = await services.Store.StoreAsync(path, fetch.Revision, stream => stream.WriteAsync(content, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
            run.Record(artifact, Latest, MirrorNote.Add(null, fetch.Mirror));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run.FailStep(ConditionTypes.StorageOperationFailed, SourceReasons.ArchiveOperationFailed, $"unable to save artifact to storage: {e.Message}");
        }

        run.Conditions.Remove(ConditionTypes.StorageOperationFailed);
        return Finish(run);
    }

    private static SourceOutcome Finish(SourceRun run)
    {
        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, Reasons.Succeeded, $"stored artifact: revision '{run.Revision}'");
        return SourceOutcome.Done;
    }
}

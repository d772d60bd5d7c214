using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Packs the files that are not ignored and writes the artifact to the status.</summary>
internal static class GitArchiveStep
{
    public static async Task<SourceOutcome> RunAsync(
        SourceServices services,
        SourceRun run,
        GitRepository repository,
        IReadOnlyList<MapValue> includes,
        GitCheckout checkout,
        CancellationToken cancellationToken)
    {
        if (run.Revision == checkout.Revision && GitCheckoutStep.IsSameContent(run, repository, includes))
        {
            run.Tell(EventSeverity.Trace, SourceReasons.ArtifactUpToDate, $"artifact up-to-date with remote revision: '{checkout.Revision}'");
            return Finish(run);
        }

        var path = ArtifactStore.PathOf("gitrepository", repository.Metadata.Namespace, repository.Metadata.Name, $"{checkout.Commit}.tar.gz");
        try
        {
            var patterns = IgnorePatterns.ForTree(new DiskFileTree(checkout.Folder), repository.Spec.Ignore);
            var artifact = await services.Store.StoreAsync(
                path,
                checkout.Revision,
                stream =>
                {
                    TarGz.WriteDirectory(checkout.Folder, patterns, stream);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
            Observe(run, includes);
            run.Object.Status["artifact"] = services.Describe(artifact, MirrorNote.Add(null, checkout.Mirror));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var message = $"unable to archive artifact to storage: {e.Message}";
            run.Fail(ConditionTypes.StorageOperationFailed, SourceReasons.ArchiveOperationFailed, message);
            return SourceOutcome.Failed(SourceReasons.ArchiveOperationFailed, message);
        }

        run.Conditions.Remove(ConditionTypes.StorageOperationFailed);
        return Finish(run);
    }

    private static SourceOutcome Finish(SourceRun run)
    {
        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, Reasons.Succeeded, $"stored artifact for revision '{run.Revision}'");
        return SourceOutcome.Done;
    }

    private static void Observe(SourceRun run, IReadOnlyList<MapValue> includes)
    {
        var spec = run.Object.Value.GetMap("spec") ?? [];
        var status = run.Object.Status;
        Copy("ignore", "observedIgnore");
        Copy("recurseSubmodules", "observedRecurseSubmodules");
        Copy("include", "observedInclude");
        Copy("sparseCheckout", "observedSparseCheckout");
        if (status["observedRecurseSubmodules"] is BoolValue { Value: false })
        {
            status.Remove("observedRecurseSubmodules");
        }

        if (includes.Count == 0)
        {
            status.Remove("includedArtifacts");
        }
        else
        {
            status["includedArtifacts"] = new ListValue(includes.Select(static a => a.DeepClone()));
        }

        void Copy(string from, string to)
        {
            if (spec[from] is { } value)
            {
                status[to] = value.DeepClone();
            }
            else
            {
                status.Remove(to);
            }
        }
    }
}

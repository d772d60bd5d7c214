using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Stores the layer, unpacked and packed again or as it is, and writes the artifact to the status.</summary>
internal static class OciArchiveStep
{
    private const string Latest = "latest.tar.gz";

    public static async Task<SourceOutcome> RunAsync(
        SourceServices services,
        SourceRun run,
        OciRepository repository,
        OciPull pull,
        CancellationToken cancellationToken)
    {
        var revision = pull.Revision!.ToString();
        if (pull.Layer is not { } layer)
        {
            run.Tell(EventSeverity.Trace, SourceReasons.ArtifactUpToDate, $"artifact up-to-date with remote revision: '{revision}'");
            return Finish(run);
        }

        var path = ArtifactStore.PathOf("ocirepository", repository.Metadata.Namespace, repository.Metadata.Name, $"{pull.Revision.Digest}.tar.gz");
        using var folder = new WorkFolder();
        try
        {
            if (repository.Spec.LayerSelector?.Operation != "copy")
            {
                TarGz.Extract(new MemoryStream(layer.Content, writable: false), folder.Path);
            }
        }
        catch (InvalidDataException e)
        {
            return run.FailStep(ConditionTypes.FetchFailed, SourceReasons.OciLayerOperationFailed, $"failed to extract layer contents from artifact: {e.Message}");
        }

        try
        {
            var artifact = await services.Store.StoreAsync(path, revision, stream => Write(stream, repository, layer, folder.Path), cancellationToken).ConfigureAwait(false);
            run.Record(artifact, Latest, MirrorNote.Add(layer.Annotations, pull.Revision.Mirror));
            Observe(run);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run.FailStep(ConditionTypes.StorageOperationFailed, SourceReasons.ArchiveOperationFailed, $"unable to archive artifact to storage: {e.Message}");
        }

        run.Conditions.Remove(ConditionTypes.StorageOperationFailed);
        return Finish(run);
    }

    private static Task Write(Stream stream, OciRepository repository, OciLayer layer, string folder)
    {
        if (repository.Spec.LayerSelector?.Operation == "copy")
        {
            return stream.WriteAsync(layer.Content).AsTask();
        }

        TarGz.WriteDirectory(folder, IgnorePatterns.ForTree(new DiskFileTree(folder), repository.Spec.Ignore), stream);
        return Task.CompletedTask;
    }

    private static SourceOutcome Finish(SourceRun run)
    {
        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, Reasons.Succeeded, $"stored artifact for digest '{run.Revision}'");
        return SourceOutcome.Done;
    }

    private static void Observe(SourceRun run)
    {
        var spec = run.Object.Value.GetMap("spec") ?? [];
        Copy("ignore", "observedIgnore");
        Copy("layerSelector", "observedLayerSelector");

        void Copy(string from, string to)
        {
            if (spec[from] is { } value)
            {
                run.Object.Status[to] = value.DeepClone();
            }
            else
            {
                run.Object.Status.Remove(to);
            }
        }
    }
}

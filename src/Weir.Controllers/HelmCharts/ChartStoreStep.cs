using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Stores the packed chart and writes the artifact to the status.</summary>
internal static class ChartStoreStep
{
    private const string Latest = "latest.tar.gz";

    public static async Task<SourceOutcome> RunAsync(
        SourceServices services,
        SourceRun run,
        HelmChart chart,
        ChartBuild build,
        CancellationToken cancellationToken)
    {
        if (build.Content is not { } content)
        {
            run.Tell(EventSeverity.Trace, SourceReasons.ArtifactUpToDate, $"artifact up-to-date with remote revision: '{build.Version}'");
            return Finish(run, build);
        }

        var path = ArtifactStore.PathOf("helmchart", chart.Metadata.Namespace, chart.Metadata.Name, $"{build.Name}-{build.Version}.tgz");
        try
        {
            var artifact = await services.Store.StoreAsync(path, build.Version, stream => stream.WriteAsync(content, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
            run.Record(artifact, Latest, MirrorNote.Add(null, build.Mirror));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run.FailStep(ConditionTypes.StorageOperationFailed, SourceReasons.ArchiveOperationFailed, $"unable to copy Helm chart to storage: {e.Message}");
        }

        var status = run.Object.Status;
        status["observedChartName"] = build.Name;
        if (chart.Spec.IgnoreMissingValuesFiles == true && build.ValuesFiles.Count > 0)
        {
            status["observedValuesFiles"] = new ListValue(build.ValuesFiles.Select(static f => (Value)f));
        }
        else
        {
            status.Remove("observedValuesFiles");
        }

        run.Conditions.Remove(ConditionTypes.StorageOperationFailed);
        return Finish(run, build);
    }

    private static SourceOutcome Finish(SourceRun run, ChartBuild build)
    {
        run.Conditions.Remove(ConditionTypes.ArtifactOutdated);
        run.Conditions.SetTrue(ConditionTypes.ArtifactInStorage, build.Reason, build.Summary);
        return SourceOutcome.Done;
    }
}

using Weir.Helm;
using Weir.Rendering;

namespace Weir.Controllers;

/// <summary>How the stored release stands to what is wanted, and the differences when the cluster drifted.</summary>
internal sealed record ReleaseState(ReleaseStateKind Kind, IReadOnlyList<DriftedObject> Drift)
{
    public static async Task<ReleaseState> DetermineAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var record = await run.Storage.LastAsync(cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            return Of(ReleaseStateKind.Absent);
        }

        if (ReleaseStatus.IsPending(record.Status))
        {
            return Of(ReleaseStateKind.Locked);
        }

        if (run.History.Latest is not { } current)
        {
            return Of(record.Status == ReleaseStatus.Uninstalled ? ReleaseStateKind.Absent : ReleaseStateKind.Unmanaged);
        }

        if (current.ApiVersion == Snapshot.CurrentApiVersion && ReleaseDigest.Of(record, current.OciDigest) != current.Digest)
        {
            return Of(ReleaseStateKind.Unmanaged);
        }

        switch (record.Status)
        {
            case ReleaseStatus.Failed:
                return Of(ReleaseStateKind.Failed);
            case ReleaseStatus.Uninstalled:
                return Of(ReleaseStateKind.Absent);
            case ReleaseStatus.Uninstalling:
                return Of(ReleaseStateKind.Leaving);
            case ReleaseStatus.Deployed:
                break;
            default:
                throw new HelmActionException($"unable to determine state for release with status '{record.Status}'");
        }

        if (record.ChartName != run.Chart.Name || record.ChartVersion != run.ChartVersion || current.ConfigDigest != WantedConfig(run, record)
            || HasNewRendering(run))
        {
            return Of(ReleaseStateKind.OutOfSync);
        }

        if (run.Spec.Test?.Enable == true)
        {
            if (!current.HasBeenTested)
            {
                return Of(ReleaseStateKind.Untested);
            }

            if (Remediation.Active(run) is { IgnoresTestFailures: false } && current.HasTestInPhase("Failed"))
            {
                return Of(ReleaseStateKind.Failed);
            }
        }

        if (run.Spec.DriftDetection?.Mode is "enabled" or "warn")
        {
            var drift = await ReleaseDrift.FindAsync(run, record, cancellationToken).ConfigureAwait(false);
            if (drift.Count > 0)
            {
                return new(ReleaseStateKind.Drifted, drift);
            }
        }

        return Of(ReleaseStateKind.InSync);
    }

    // With preserved values the release keeps what it had under what is asked for: that it has it already is no change.
    private static string WantedConfig(HelmReleaseRun run, ReleaseRecord record) => run.Spec.Upgrade?.PreserveValues == true
        ? HelmReleaseValues.Digest(ValuesMerge.Merge(record.Config, run.Values))
        : run.ConfigDigest;

    // Only a new generation can bring other post-renderers, and what was observed belongs to the old one.
    private static bool HasNewRendering(HelmReleaseRun run) =>
        run.Status.GetInt("observedGeneration") != run.Release.Metadata.Generation
        && (ReleaseSummary.PostRenderersDigest(run) != (run.Status.GetString("observedPostRenderersDigest") ?? "")
            || ReleaseSummary.CommonMetadataDigest(run) != (run.Status.GetString("observedCommonMetadataDigest") ?? ""));

    private static ReleaseState Of(ReleaseStateKind kind) => new(kind, []);
}

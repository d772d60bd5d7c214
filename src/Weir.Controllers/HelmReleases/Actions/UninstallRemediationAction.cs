using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Uninstalls a failed release, so that the next try starts afresh.</summary>
internal sealed class UninstallRemediationAction : HelmAction
{
    public override string Name => "uninstall";

    public override HelmActionType Type => HelmActionType.Remediate;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Uninstall?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var current = run.History.Latest ?? throw new HelmActionException("no latest release: required to uninstall");
        var digest = current.Digest;
        run.Storage.Forget();
        run.Log.Clear();
        string? failure = null;
        try
        {
            var record = await Uninstallation.RunAsync(run, cancellationToken).ConfigureAwait(false)
                ?? throw new HelmActionException($"uninstall: Release not loaded: {current.Name}: release: not found");
            if (!current.Targets(record))
            {
                failure = $"release mismatch: uninstalled release {record.Namespace}/{record.Name}.v{record.Version} != current release {current.FullName}";
            }
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException)
        {
            failure = e.Message.Trim();
        }

        Uninstallation.Observe(run, "uninstall-remediation");
        var latest = run.History.Latest!;
        if (failure is null)
        {
            var success = $"Helm uninstall remediation for release {latest.FullName} with chart {latest.VersionedChart} succeeded";
            run.Conditions.SetTrue(ConditionTypes.Remediated, HelmReleaseReasons.UninstallSucceeded, success);
            run.Tell(EventSeverity.Info, HelmReleaseReasons.UninstallSucceeded, success, latest);
            ReleaseSummary.Write(run);
            return;
        }

        var message = $"Helm uninstall remediation for release {latest.FullName} with chart {latest.VersionedChart} failed: {failure}";
        run.Increment("failures");
        run.Conditions.SetFalse(ConditionTypes.Remediated, HelmReleaseReasons.UninstallFailed, message);
        run.Tell(EventSeverity.Error, HelmReleaseReasons.UninstallFailed, run.Log.Append(message), latest);
        ReleaseSummary.Write(run);
        if (latest.Digest == digest)
        {
            throw new HelmActionException(failure);
        }
    }
}

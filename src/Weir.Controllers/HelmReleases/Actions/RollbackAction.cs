using System.Globalization;
using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Rolls a failed release back to the revision before it.</summary>
internal sealed class RollbackAction : HelmAction
{
    public override string Name => "rollback";

    public override HelmActionType Type => HelmActionType.Remediate;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Rollback?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        run.Storage.Forget();
        run.Log.Clear();
        var current = run.History.Latest;
        var ignoresTests = Remediation.Of(run, "upgrade").IgnoresTestFailures;
        var previous = run.History.Previous(ignoresTests)
            ?? throw new HelmActionException("missing target release for rollback: required to rollback");
        var digest = current?.Digest;
        string? failure = null;
        try
        {
            await RollBackAsync(run, previous, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException or KindNotServedException)
        {
            failure = e.Message.Trim();
        }

        Observe(run);
        var metadata = HelmReleaseRun.Metadata(previous.ChartVersion, run.ConfigDigest, previous.AppVersion, previous.OciDigest);
        if (failure is null)
        {
            var success = $"Helm rollback to previous release {previous.FullName} with chart {previous.VersionedChart} succeeded";
            run.Conditions.SetTrue(ConditionTypes.Remediated, HelmReleaseReasons.RollbackSucceeded, success);
            ReleaseSummary.Tell(run, EventSeverity.Info, HelmReleaseReasons.RollbackSucceeded, success, metadata);
            ReleaseSummary.Write(run);
            return;
        }

        var message = $"Helm rollback to previous release {previous.FullName} with chart {previous.VersionedChart} failed: {failure}";
        run.Increment("failures");
        run.Conditions.SetFalse(ConditionTypes.Remediated, HelmReleaseReasons.RollbackFailed, message);
        ReleaseSummary.Tell(run, EventSeverity.Error, HelmReleaseReasons.RollbackFailed, message, metadata);
        ReleaseSummary.Write(run);
        if (run.History.Latest?.Digest == digest)
        {
            throw new HelmActionException(failure);
        }
    }

    private static void Observe(HelmReleaseRun run)
    {
        foreach (var record in run.Storage.Observed.Values.OrderBy(static r => r.Version))
        {
            if (!run.History.Replace(record, known => Snapshot.Of(record, "rollback", known.OciDigest, known.TestHooks)))
            {
                run.History.Add(Snapshot.Of(record, "", "", null));
            }
        }
    }

    private static async Task RollBackAsync(HelmReleaseRun run, Snapshot target, CancellationToken cancellationToken)
    {
        var spec = run.Spec.Rollback ?? new HelmRollback();
        var time = run.Services.Settings.Time;
        var timeout = spec.Timeout?.Value ?? run.Timeout;
        var records = await run.Storage.ListAsync(cancellationToken).ConfigureAwait(false);
        var current = records.Count == 0 ? throw new HelmActionException("release: not found") : records[^1];
        var previous = records.Find(r => r.Version == target.Version)
            ?? throw new HelmActionException($"release has no {target.Version.ToString(CultureInfo.InvariantCulture)} version");
        var isServerSide = spec.ServerSideApply switch
        {
            "enabled" => true,
            "disabled" => false,
            _ => previous.ApplyMethod == "ssa",
        };
        var record = previous with
        {
            Version = current.Version + 1,
            FirstDeployed = current.FirstDeployed,
            LastDeployed = time.GetUtcNow(),
            Deleted = null,
            Status = ReleaseStatus.PendingRollback,
            Description = $"Rollback to {previous.Version.ToString(CultureInfo.InvariantCulture)}",
            ApplyMethod = isServerSide ? "ssa" : "csa",
        };
        var before = await ReleaseObjects.ReadAsync(run.Target, current.Manifest, current.Namespace, cancellationToken).ConfigureAwait(false);
        var objects = await ReleaseObjects.ReadAsync(run.Target, record.Manifest, record.Namespace, cancellationToken).ConfigureAwait(false);
        ReleaseObjects.AddOwnership(objects, record.Name, record.Namespace);
        await run.Storage.CreateAsync(record, run.Spec.MaxHistory is { } most ? (int)most : 5, cancellationToken).ConfigureAwait(false);
        await ReleaseInventory.WriteAsync(run, record, run.Chart, cancellationToken).ConfigureAwait(false);
        try
        {
            var hooks = new HookRunner(run, isServerSide);
            if (spec.DisableHooks != true)
            {
                record = await hooks.RunAsync(record, "pre-rollback", timeout, null, cancellationToken).ConfigureAwait(false);
            }

            var resources = new ReleaseResources(run.Target, isServerSide, replaces: spec.Force == true && !isServerSide, run.Log);
            await resources.UpdateAsync(before, objects, [], cancellationToken).ConfigureAwait(false);
            await ReleaseAttempt.WaitAsync(run, objects, spec.DisableWait == true, spec.DisableWaitForJobs == true, timeout, cancellationToken).ConfigureAwait(false);
            if (spec.DisableHooks != true)
            {
                record = await hooks.RunAsync(record, "post-rollback", timeout, null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException or OperationCanceledException)
        {
            record = e is HookFailedException hook ? hook.Record : record;
            await run.Storage.UpdateAsync(current with { Status = ReleaseStatus.Superseded }, CancellationToken.None).ConfigureAwait(false);
            await run.Storage.UpdateAsync(
                record with { Status = ReleaseStatus.Failed, Description = $"Rollback \"{record.Name}\" failed: {e.Message}" },
                CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        foreach (var deployed in records)
        {
            if (deployed.Status == ReleaseStatus.Deployed)
            {
                await run.Storage.UpdateAsync(deployed with { Status = ReleaseStatus.Superseded }, cancellationToken).ConfigureAwait(false);
            }
        }

        await run.Storage.UpdateAsync(record with { Status = ReleaseStatus.Deployed }, cancellationToken).ConfigureAwait(false);
    }
}

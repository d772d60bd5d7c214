using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Upgrades the release.</summary>
internal sealed class UpgradeAction : HelmAction
{
    public override string Name => "upgrade";

    public override HelmActionType Type => HelmActionType.Release;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Upgrade?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var started = run.Services.Settings.Time.GetTimestamp();
        run.Storage.Forget();
        run.Log.Clear();
        run.LastAction = Name;
        run.Conditions.Remove(ConditionTypes.TestSuccess);
        run.Conditions.Remove(ConditionTypes.Remediated);
        string? failure = null;
        try
        {
            await UpgradeAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException or KindNotServedException)
        {
            failure = e.Message.Trim();
        }
        finally
        {
            run.Status["lastAttemptedReleaseActionDuration"] = new FluxDuration(run.Services.Settings.Time.GetElapsedTime(started)).ToString();
            run.History.Record(run.Storage.Observed, Name, run.OciDigest);
        }

        if (failure is null)
        {
            Succeed(run);
            ReleaseSummary.Write(run);
            return;
        }

        var message = $"Helm upgrade failed for release {run.ReleaseNamespace}/{run.ReleaseName} with chart {run.Chart.Name}@{run.ChartVersion}: {failure}";
        run.Increment("failures");
        run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.UpgradeFailed, message);
        run.TellAttempt(EventSeverity.Error, HelmReleaseReasons.UpgradeFailed, run.Log.Append(message));
        ReleaseSummary.Write(run);
        if (run.Storage.Observed.Count == 0)
        {
            throw new HelmActionException(failure);
        }

        run.Increment("upgradeFailures");
    }

    private static async Task UpgradeAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var spec = run.Spec.Upgrade ?? new HelmUpgrade();
        var time = run.Services.Settings.Time;
        var timeout = spec.Timeout?.Value ?? run.Timeout;
        var name = new MapValue { ["name"] = run.ReleaseName };
        var records = await run.Storage.ListAsync(cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            throw new HelmActionException($"\"{run.ReleaseName}\" has no deployed releases");
        }

        var last = records[^1];
        var isServerSide = spec.ServerSideApply switch
        {
            "enabled" => true,
            "disabled" => false,
            _ => last.ApplyMethod == "ssa",
        };
        await ReleaseAttempt.ApplyCrdsAsync(run, spec.Crds, isServerSide, cancellationToken).ConfigureAwait(false);
        run.Log.Add("preparing upgrade", name);
        if (ReleaseStatus.IsPending(last.Status))
        {
            throw new HelmActionException("another operation (install/upgrade/rollback) is in progress");
        }

        var current = records.FindLast(static r => r.Status == ReleaseStatus.Deployed)
            ?? (last.Status is ReleaseStatus.Failed or ReleaseStatus.Superseded
                ? last
                : throw new HelmActionException($"\"{run.ReleaseName}\" has no deployed releases"));
        run.Log.Add(spec.PreserveValues == true ? "reusing the old release's values" : "resetting values to the chart's original version");
        var values = spec.PreserveValues == true ? ValuesMerge.Merge(current.Config, run.Values) : run.Values;

        // Helm then takes what the old release used for the chart's defaults.
        var chart = spec.PreserveValues == true
            ? ChartCopy.Of(run.Chart, values: ValuesMerge.Merge(current.Chart.GetMap("values") ?? [], current.Config))
            : run.Chart;
        var rendering = await ReleaseAttempt.RenderAsync(run, chart, last.Version + 1, isUpgrade: true, values, cancellationToken).ConfigureAwait(false);
        var record = ReleaseRecord.Of(
            chart,
            rendering,
            new() { Name = run.ReleaseName, Namespace = run.ReleaseNamespace, Revision = last.Version + 1, IsUpgrade = true },
            values,
            time.GetUtcNow()) with
        {
            Status = ReleaseStatus.PendingUpgrade,
            Description = "Preparing upgrade",
            FirstDeployed = current.FirstDeployed,
            ApplyMethod = isServerSide ? "ssa" : "csa",
        };
        var before = await ReadAsync(run, current.Manifest, current.Namespace, "current", cancellationToken).ConfigureAwait(false);
        before.AddRange(await LeftObjects.FindAsync(
            run.Target, LeftObjects.Revisions(records).Where(r => r.Version != current.Version), before, cancellationToken).ConfigureAwait(false));
        var objects = await ReadAsync(run, record.Manifest, record.Namespace, "new", cancellationToken).ConfigureAwait(false);
        ReleaseObjects.AddOwnership(objects, record.Name, record.Namespace);
        if (spec.DisableTakeOwnership == true)
        {
            var known = before.Select(static o => o.Key).ToHashSet();
            await OwnershipCheck.RunAsync(
                run.Target, [.. objects.Where(o => !known.Contains(o.Key))], record.Name, record.Namespace, "update", cancellationToken).ConfigureAwait(false);
        }

        run.Log.Add(
            "determined release apply method",
            new MapValue { ["previous_release_apply_method"] = last.ApplyMethod ?? "", ["server_side_apply"] = isServerSide });
        run.Log.Add("performing update", name);
        run.Log.Add("creating upgraded release", name);
        await run.Storage.CreateAsync(record, run.Spec.MaxHistory is { } most ? (int)most : 5, cancellationToken).ConfigureAwait(false);
        await ReleaseInventory.WriteAsync(run, record, run.Chart, cancellationToken).ConfigureAwait(false);
        var created = new List<ReleaseObject>();
        try
        {
            var hooks = new HookRunner(run, isServerSide);
            if (spec.DisableHooks != true)
            {
                record = await RunHooksAsync(hooks, record, "pre-upgrade", timeout, cancellationToken).ConfigureAwait(false);
            }

            var resources = new ReleaseResources(run.Target, isServerSide, replaces: spec.Force == true && !isServerSide, run.Log);
            await resources.UpdateAsync(before, objects, created, cancellationToken).ConfigureAwait(false);
            await ReleaseAttempt.WaitAsync(run, objects, spec.DisableWait == true, spec.DisableWaitForJobs == true, timeout, cancellationToken).ConfigureAwait(false);
            if (spec.DisableHooks != true)
            {
                record = await RunHooksAsync(hooks, record, "post-upgrade", timeout, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException or OperationCanceledException)
        {
            record = e is HookFailedException hook ? hook.Record : record;
            if (e is not HookFailedException)
            {
                // Helm writes the release it came from anew, and so does its snapshot.
                await run.Storage.UpdateAsync(current, CancellationToken.None).ConfigureAwait(false);
            }

            run.Log.Add("warning: upgrade failed", new MapValue { ["error"] = new MapValue(), ["name"] = run.ReleaseName });
            await run.Storage.UpdateAsync(
                record with { Status = ReleaseStatus.Failed, Description = $"Upgrade \"{record.Name}\" failed: {e.Message}" },
                CancellationToken.None).ConfigureAwait(false);
            if (spec.CleanupOnFail == true)
            {
                var resources = new ReleaseResources(run.Target, isServerSide, replaces: false, run.Log);
                foreach (var item in created)
                {
                    await resources.DeleteAsync(item, "Background", cancellationToken).ConfigureAwait(false);
                }
            }

            throw;
        }

        await run.Storage.UpdateAsync(current with { Status = ReleaseStatus.Superseded }, cancellationToken).ConfigureAwait(false);
        await run.Storage.UpdateAsync(
            record with { Status = ReleaseStatus.Deployed, Description = "Upgrade complete" }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<ReleaseObject>> ReadAsync(HelmReleaseRun run, string manifest, string space, string which, CancellationToken cancellationToken)
    {
        try
        {
            return await ReleaseObjects.ReadAsync(run.Target, manifest, space, cancellationToken).ConfigureAwait(false);
        }
        catch (HelmActionException e)
        {
            throw new HelmActionException($"unable to build kubernetes objects from {which} release manifest: {e.Message}", e);
        }
    }

    private static async Task<ReleaseRecord> RunHooksAsync(
        HookRunner hooks, ReleaseRecord record, string @event, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await hooks.RunAsync(record, @event, timeout, null, cancellationToken).ConfigureAwait(false);
        }
        catch (HookFailedException e)
        {
            throw new HookFailedException($"{(@event.StartsWith("pre", StringComparison.Ordinal) ? "pre" : "post")}-upgrade hooks failed: {e.Message}", e.Record);
        }
    }

    private static void Succeed(HelmReleaseRun run)
    {
        var latest = run.History.Latest!;
        var message = $"Helm upgrade succeeded for release {latest.FullName} with chart {latest.VersionedChart}";
        run.Conditions.SetTrue(ConditionTypes.Released, HelmReleaseReasons.UpgradeSucceeded, message);
        ReleaseSummary.AwaitTests(run, latest);
        if (run.Spec.Upgrade?.Strategy?.Name == "RetryOnFailure")
        {
            run.ClearFailures();
        }

        run.Tell(EventSeverity.Info, HelmReleaseReasons.UpgradeSucceeded, message, latest);
    }
}

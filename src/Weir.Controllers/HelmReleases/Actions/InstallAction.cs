using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Installs the release.</summary>
internal sealed class InstallAction : HelmAction
{
    public override string Name => "install";

    public override HelmActionType Type => HelmActionType.Release;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Install?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var started = run.Services.Settings.Time.GetTimestamp();
        run.Storage.Forget();
        run.Log.Clear();
        run.LastAction = Name;
        run.History.Clear();
        run.Conditions.Remove(ConditionTypes.TestSuccess);
        run.Conditions.Remove(ConditionTypes.Remediated);
        string? failure = null;
        try
        {
            await InstallAsync(run, cancellationToken).ConfigureAwait(false);
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

        var message = $"Helm install failed for release {run.ReleaseNamespace}/{run.ReleaseName} with chart {run.Chart.Name}@{run.ChartVersion}: {failure}";
        run.Increment("failures");
        run.Conditions.SetFalse(ConditionTypes.Released, HelmReleaseReasons.InstallFailed, message);
        run.TellAttempt(EventSeverity.Error, HelmReleaseReasons.InstallFailed, run.Log.Append(message));
        ReleaseSummary.Write(run);
        if (run.Storage.Observed.Count == 0)
        {
            // Nothing was stored: there is nothing to remediate, and the next try starts afresh.
            throw new HelmActionException(failure);
        }

        run.Increment("installFailures");
    }

    private static async Task InstallAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var spec = run.Spec.Install ?? new HelmInstall();
        var time = run.Services.Settings.Time;
        var timeout = spec.Timeout?.Value ?? run.Timeout;
        var isServerSide = spec.ServerSideApply ?? true;
        await ReleaseAttempt.ApplyCrdsAsync(run, spec.SkipCrds == true ? "Skip" : spec.Crds, isServerSide, cancellationToken).ConfigureAwait(false);
        var (version, replaced) = await CheckNameAsync(run, spec.Replace == true, cancellationToken).ConfigureAwait(false);
        var rendering = await ReleaseAttempt.RenderAsync(run, run.Chart, 1, isUpgrade: false, run.Values, cancellationToken).ConfigureAwait(false);
        var record = ReleaseRecord.Of(
            run.Chart,
            rendering,
            new() { Name = run.ReleaseName, Namespace = run.ReleaseNamespace, Revision = version },
            run.Values,
            time.GetUtcNow()) with
        {
            Status = ReleaseStatus.PendingInstall,
            Description = "Initial install underway",
            ApplyMethod = isServerSide ? "ssa" : "csa",
        };
        List<ReleaseObject> objects;
        try
        {
            objects = await ReleaseObjects.ReadAsync(run.Target, record.Manifest, record.Namespace, cancellationToken).ConfigureAwait(false);
        }
        catch (HelmActionException e)
        {
            throw new HelmActionException($"unable to build kubernetes objects from release manifest: {e.Message}", e);
        }

        ReleaseObjects.AddOwnership(objects, record.Name, record.Namespace);
        var takesOver = spec.DisableTakeOwnership != true;
        if (!takesOver)
        {
            await OwnershipCheck.RunAsync(run.Target, objects, record.Name, record.Namespace, "install", cancellationToken).ConfigureAwait(false);
        }

        if (spec.CreateNamespace == true && !string.IsNullOrEmpty(run.Spec.TargetNamespace))
        {
            await CreateNamespaceAsync(run, isServerSide, cancellationToken).ConfigureAwait(false);
        }

        if (replaced is not null)
        {
            await run.Storage.UpdateAsync(replaced with { Status = ReleaseStatus.Superseded, Description = "superseded by new release" }, cancellationToken).ConfigureAwait(false);
        }

        await run.Storage.CreateAsync(record, mostKept: 0, cancellationToken).ConfigureAwait(false);
        await ReleaseInventory.WriteAsync(run, record, run.Chart, cancellationToken).ConfigureAwait(false);
        try
        {
            var hooks = new HookRunner(run, isServerSide);
            if (spec.DisableHooks != true)
            {
                record = await RunHooksAsync(hooks, record, "pre-install", timeout, cancellationToken).ConfigureAwait(false);
            }

            var resources = new ReleaseResources(run.Target, isServerSide, replaces: false, run.Log);
            if (await resources.AnyExistsAsync(objects, cancellationToken).ConfigureAwait(false))
            {
                await resources.UpdateAsync([], objects, [], cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await resources.CreateAsync(objects, cancellationToken).ConfigureAwait(false);
            }

            await ReleaseAttempt.WaitAsync(run, objects, spec.DisableWait == true, spec.DisableWaitForJobs == true, timeout, cancellationToken).ConfigureAwait(false);
            if (spec.DisableHooks != true)
            {
                record = await RunHooksAsync(hooks, record, "post-install", timeout, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException or OperationCanceledException)
        {
            record = e is HookFailedException hook ? hook.Record : record;
            await run.Storage.UpdateAsync(
                record with { Status = ReleaseStatus.Failed, Description = $"Release \"{record.Name}\" failed: {e.Message}" },
                CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await run.Storage.UpdateAsync(
            record with { Status = ReleaseStatus.Deployed, Description = "Install complete" }, cancellationToken).ConfigureAwait(false);
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
            throw new HookFailedException($"failed {@event}: {e.Message}", e.Record);
        }
    }

    private static async Task<(int Version, ReleaseRecord? Replaced)> CheckNameAsync(HelmReleaseRun run, bool replaces, CancellationToken cancellationToken)
    {
        if (ReleaseName.Check(run.ReleaseName) is { } invalid)
        {
            throw NameRefused(run, invalid);
        }

        var last = await run.Storage.LastAsync(cancellationToken).ConfigureAwait(false);
        if (last is null)
        {
            return (1, null);
        }

        return replaces && last.Status is ReleaseStatus.Uninstalled or ReleaseStatus.Failed
            ? (last.Version + 1, last)
            : throw NameRefused(run, "release name check failed: cannot reuse a name that is still in use");
    }

    private static HelmActionException NameRefused(HelmReleaseRun run, string message)
    {
        run.Log.Add("error: release name check failed", new MapValue { ["error"] = new MapValue() });
        return new(message);
    }

    private static async Task CreateNamespaceAsync(HelmReleaseRun run, bool isServerSide, CancellationToken cancellationToken)
    {
        var value = new MapValue
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new MapValue
            {
                ["name"] = run.ReleaseNamespace,
                ["labels"] = new MapValue { ["name"] = run.ReleaseNamespace },
            },
            ["spec"] = new MapValue(),
        };
        var options = new WriteOptions { FieldManager = HelmReleaseServices.ControllerName };
        try
        {
            if (isServerSide)
            {
                await run.Target.ApplyAsync(value, options, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await run.Target.CreateAsync(value, options, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
            // It is there.
        }
    }

    private static void Succeed(HelmReleaseRun run)
    {
        var latest = run.History.Latest!;
        var message = $"Helm install succeeded for release {latest.FullName} with chart {latest.VersionedChart}";
        run.Conditions.SetTrue(ConditionTypes.Released, HelmReleaseReasons.InstallSucceeded, message);
        ReleaseSummary.AwaitTests(run, latest);
        if (run.Spec.Install?.Strategy?.Name == "RetryOnFailure")
        {
            run.ClearFailures();
        }

        run.Tell(EventSeverity.Info, HelmReleaseReasons.InstallSucceeded, message, latest);
    }
}

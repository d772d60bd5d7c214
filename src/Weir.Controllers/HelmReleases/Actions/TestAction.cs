using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Runs the chart's tests.</summary>
internal sealed class TestAction : HelmAction
{
    public override string Name => "test";

    public override HelmActionType Type => HelmActionType.Test;

    public override TimeSpan Timeout(HelmReleaseRun run) => run.Spec.Test?.Timeout?.Value ?? run.Timeout;

    public override async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var current = run.History.Latest ?? throw new HelmActionException("no latest release: required for test");
        run.Storage.Forget();
        string? failure = null;
        try
        {
            await TestAsync(run, current, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HelmActionException or HookFailedException or ApiException)
        {
            failure = e.Message.Trim();
        }

        var latest = run.History.Latest!;
        if (failure is null)
        {
            var count = latest.TestHooks?.Count ?? 0;
            var hooks = count == 0 ? "no test hooks" : $"{count} test {(count > 1 ? "hooks" : "hook")} completed successfully";
            var success = $"Helm test succeeded for release {latest.FullName} with chart {latest.VersionedChart}: {hooks}";
            run.Conditions.SetTrue(ConditionTypes.TestSuccess, HelmReleaseReasons.TestSucceeded, success);
            run.Tell(EventSeverity.Info, HelmReleaseReasons.TestSucceeded, success, latest);
            ReleaseSummary.Write(run);
            return;
        }

        var message = $"Helm test failed for release {latest.FullName} with chart {latest.VersionedChart}: {failure}";
        run.Increment("failures");
        run.Conditions.SetFalse(ConditionTypes.TestSuccess, HelmReleaseReasons.TestFailed, message);
        run.Tell(EventSeverity.Error, HelmReleaseReasons.TestFailed, message, latest);
        if (latest.HasBeenTested && Remediation.Active(run) is { IgnoresTestFailures: false } remediation)
        {
            run.Increment(remediation.Counter);
        }

        ReleaseSummary.Write(run);
        if (!latest.HasBeenTested)
        {
            throw new HelmActionException(failure);
        }
    }

    private static async Task TestAsync(HelmReleaseRun run, Snapshot current, CancellationToken cancellationToken)
    {
        var record = await run.Storage.LastAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new HelmActionException("release: not found");
        if (!current.Targets(record))
        {
            throw new HelmActionException(
                $"release mismatch: tested release {record.Namespace}/{record.Name}.v{record.Version} != current release {current.FullName}");
        }

        var hooks = new HookRunner(run, record.ApplyMethod == "ssa");
        HookFailedException? failed = null;
        try
        {
            record = await hooks.RunAsync(
                record,
                "test",
                run.Spec.Test?.Timeout?.Value ?? run.Timeout,
                hook => IsChosen(run, hook.Name),
                cancellationToken).ConfigureAwait(false);
        }
        catch (HookFailedException e)
        {
            failed = e;
            record = e.Record;
        }

        record = record with { Hooks = InRunOrder(run, record.Hooks) };
        await run.Storage.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        run.History.Replace(record, known => Snapshot.Of(record, known.Action, known.OciDigest, Results(run, record)));
        if (failed is not null)
        {
            throw failed;
        }
    }

    /// <summary>Helm stores the hooks that filters left out before those that it ran.</summary>
    private static IReadOnlyList<ReleaseHook> InRunOrder(HelmReleaseRun run, IReadOnlyList<ReleaseHook> hooks)
    {
        var filters = run.Spec.Test?.Filters ?? [];
        var excluded = filters.Where(static f => f.Exclude == true).Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        var included = filters.Where(static f => f.Exclude != true).Select(static f => f.Name).ToHashSet(StringComparer.Ordinal);
        if (excluded.Count == 0 && included.Count == 0)
        {
            return hooks;
        }

        var left = hooks.Where(h => !excluded.Contains(h.Name)).ToList();
        return
        [
            .. hooks.Where(h => excluded.Contains(h.Name)),
            .. left.Where(h => included.Count > 0 && !included.Contains(h.Name)),
            .. left.Where(h => included.Count == 0 || included.Contains(h.Name)),
        ];
    }

    private static MapValue Results(HelmReleaseRun run, ReleaseRecord record)
    {
        var results = new MapValue();
        foreach (var hook in record.Hooks)
        {
            if (!hook.IsTest || !IsChosen(run, hook.Name))
            {
                continue;
            }

            var result = new MapValue();
            if (hook.LastRun.CompletedAt is { } completed)
            {
                result["lastCompleted"] = FluxTime.Write(completed);
            }

            if (hook.LastRun.StartedAt is { } started)
            {
                result["lastStarted"] = FluxTime.Write(started);
            }

            if (hook.LastRun.Phase.Length > 0)
            {
                result["phase"] = hook.LastRun.Phase;
            }

            results[hook.Name] = result;
        }

        return results;
    }

    private static bool IsChosen(HelmReleaseRun run, string name)
    {
        var hasIncludes = false;
        var isIncluded = false;
        foreach (var filter in run.Spec.Test?.Filters ?? [])
        {
            if (filter.Exclude == true)
            {
                if (filter.Name == name)
                {
                    return false;
                }

                continue;
            }

            hasIncludes = true;
            isIncluded |= filter.Name == name;
        }

        return !hasIncludes || isIncluded;
    }
}

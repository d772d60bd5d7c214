using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Runs the hooks of one event in order, each to its end before the next, as Helm 4 does: delete policies, the record of how
/// each went, and the wait for Jobs and Pods.
/// </summary>
internal sealed class HookRunner(HelmReleaseRun run, bool isServerSide)
{
    private const string BeforeCreation = "before-hook-creation";
    private const string OnSuccess = "hook-succeeded";
    private const string OnFailure = "hook-failed";

    private readonly KubernetesClient _client = run.Target;
    private readonly TimeProvider _time = run.Services.Settings.Time;

    /// <summary>The record with how its hooks went. Throws <see cref="HookFailedException"/> with it when one fails.</summary>
    public async Task<ReleaseRecord> RunAsync(
        ReleaseRecord record,
        string @event,
        TimeSpan timeout,
        Func<ReleaseHook, bool>? chooses,
        CancellationToken cancellationToken)
    {
        var hooks = ReleaseHook.InOrder(record.Hooks, @event);
        for (var i = 0; i < hooks.Count; i++)
        {
            var hook = hooks[i];
            if (chooses?.Invoke(hook) == false)
            {
                continue;
            }

            await DeleteByPolicyAsync(record, hook, BeforeCreation, timeout, cancellationToken).ConfigureAwait(false);
            var started = _time.GetUtcNow();
            record = With(record, hook, new(started, null, "Running"));
            await run.Storage.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
            var failure = await TryAsync(record, hook, @event, timeout, cancellationToken).ConfigureAwait(false);
            record = With(record, hook, new(started, _time.GetUtcNow(), failure is null ? "Succeeded" : "Failed"));
            if (failure is null)
            {
                continue;
            }

            await DeleteByPolicyAsync(record, hook, OnFailure, timeout, cancellationToken).ConfigureAwait(false);
            for (var done = 0; done < i; done++)
            {
                await DeleteByPolicyAsync(record, hooks[done], OnSuccess, timeout, cancellationToken).ConfigureAwait(false);
            }

            throw new HookFailedException(failure, record);
        }

        for (var i = hooks.Count - 1; i >= 0; i--)
        {
            if (chooses?.Invoke(hooks[i]) != false)
            {
                await DeleteByPolicyAsync(record, hooks[i], OnSuccess, timeout, cancellationToken).ConfigureAwait(false);
            }
        }

        return record;
    }

    private async Task<string?> TryAsync(ReleaseRecord record, ReleaseHook hook, string @event, TimeSpan timeout, CancellationToken cancellationToken)
    {
        List<ReleaseObject> objects;
        try
        {
            objects = await ReleaseObjects.ReadAsync(_client, hook.Text, record.Namespace, cancellationToken).ConfigureAwait(false);
            await new ReleaseResources(_client, isServerSide, replaces: false, run.Log).CreateAsync(objects, cancellationToken).ConfigureAwait(false);
        }
        catch (HelmActionException e)
        {
            return $"warning: Hook {@event} {hook.Source} failed: {e.Message}";
        }

        var waiter = new HealthWaiter(_client, JudgeHook);
        var targets = objects.ConvertAll(static o => new HealthTarget(o.Key, o.Kind.Version));
        return await waiter.WaitAsync(targets, timeout, failsFast: false, cancellationToken).ConfigureAwait(false);
    }

    // Jobs and Pods run; everything else is done when it exists.
    private static Health JudgeHook(MapValue value) => Weir.Kubernetes.ObjectExtensions.GroupVersionKind(value) switch
    {
        { Group: "batch", Kind: "Job" } => Readiness.Judge(value),
        { Group: "", Kind: "Pod" } => (value.GetMap("status")?.GetString("phase")) switch
        {
            "Succeeded" => Health.Current,
            "Failed" => Health.Failed,
            _ => Health.InProgress,
        },
        _ => Health.Current,
    };

    private async Task DeleteByPolicyAsync(ReleaseRecord record, ReleaseHook hook, string policy, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The instances of a definition would go with it.
        if (hook.Kind == "CustomResourceDefinition")
        {
            return;
        }

        var policies = hook.DeletePolicies.Count == 0 ? [BeforeCreation] : hook.DeletePolicies;
        if (!policies.Contains(policy))
        {
            return;
        }

        List<ReleaseObject> objects;
        try
        {
            objects = await ReleaseObjects.ReadAsync(_client, hook.Text, record.Namespace, cancellationToken).ConfigureAwait(false);
        }
        catch (HelmActionException)
        {
            // A kind that is not served has no objects.
            return;
        }

        var resources = new ReleaseResources(_client, isServerSide, replaces: false, run.Log);
        foreach (var item in objects)
        {
            await resources.DeleteAsync(item, "Background", cancellationToken).ConfigureAwait(false);
        }

        await new HealthWaiter(_client, Readiness.Judge).WaitGoneAsync(
            objects.ConvertAll(static o => new HealthTarget(o.Key, o.Kind.Version)), timeout, cancellationToken).ConfigureAwait(false);
    }

    // A hook that runs has a delete policy from then on.
    private static ReleaseRecord With(ReleaseRecord record, ReleaseHook hook, HookExecution execution) => record with
    {
        Hooks =
        [
            .. record.Hooks.Select(h => h.Name == hook.Name && h.Source == hook.Source && h.Kind == hook.Kind
                ? h with { LastRun = execution, DeletePolicies = h.DeletePolicies.Count == 0 ? [BeforeCreation] : h.DeletePolicies }
                : h),
        ],
    };
}

using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// Applies a set of objects in stages and deletes what left it, as fluxcd/pkg ssa does: inside a stage every object is tried
/// in a dry run first, nothing is applied when one fails, and an object is only written when the dry run would change it.
/// </summary>
public sealed class ApplySet(KubernetesClient client, ApplySetOptions options, HealthWaiter waiter)
{
    private static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Applies all objects. Throws <see cref="ApplyFailedException"/> with what was done when one fails.</summary>
    public async Task<IReadOnlyList<Change>> ApplyAllAsync(IReadOnlyList<MapValue> objects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        var definitions = new List<MapValue>();
        var classes = new List<MapValue>();
        var custom = new List<MapValue>();
        var rest = new List<MapValue>();
        foreach (var value in objects)
        {
            var kind = value.GroupVersionKind();
            var stage = ObjectOrder.IsClusterDefinition(value) ? definitions
                : ObjectOrder.IsClassDefinition(value) ? classes
                : options.CustomStage.Contains((kind.Group, kind.Kind)) ? custom
                : rest;
            stage.Add(value);
        }

        var done = new List<Change>(objects.Count);
        await ApplyStageAsync(definitions, waits: true, done, cancellationToken).ConfigureAwait(false);
        if (!options.OnlyCompares)
        {
            await AwaitKindsAsync(definitions, objects, cancellationToken).ConfigureAwait(false);
        }

        await ApplyStageAsync(classes, waits: true, done, cancellationToken).ConfigureAwait(false);
        await ApplyStageAsync(custom, waits: false, done, cancellationToken).ConfigureAwait(false);
        await ApplyStageAsync(rest, waits: false, done, cancellationToken).ConfigureAwait(false);
        return done;
    }

    /// <summary>
    /// Deletes objects, last applied first, when they still carry the labels and none of the opt-outs. Goes on after a failure
    /// and throws <see cref="ApplyFailedException"/> at the end.
    /// </summary>
    public async Task<IReadOnlyList<Change>> DeleteAllAsync(
        IEnumerable<(ObjectKey Key, string Version)> objects,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyList<MetadataSelector> kept,
        string propagation,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(labels);
        var sorted = new List<(ObjectKey Key, string Version)>(objects);
        sorted.Sort((a, b) => ObjectOrder.Compare(b.Key, a.Key));
        var done = new List<Change>(sorted.Count);
        var errors = "";
        Exception? cause = null;
        foreach (var (key, version) in sorted)
        {
            try
            {
                done.Add(new(key, version, await DeleteAsync(key, version, labels, kept, propagation, cancellationToken).ConfigureAwait(false)));
            }
            catch (Exception e) when (e is ApiException or HttpRequestException)
            {
                errors += $"{key} delete failed: {e.Message};";
                cause = e;
            }
        }

        return cause is null ? done : throw new ApplyFailedException($"delete failed, errors: {errors}", done, cause);
    }

    private async Task<ChangeAction> DeleteAsync(
        ObjectKey key,
        string version,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyList<MetadataSelector> kept,
        string propagation,
        CancellationToken cancellationToken)
    {
        var kind = new GroupVersionKind(key.Group, version, key.Kind);
        MapValue? live;
        try
        {
            live = await client.FindAsync(kind, key.Namespace, key.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (KindNotServedException)
        {
            // The CRD went first and took its objects with it.
            return ChangeAction.Deleted;
        }

        if (live is null)
        {
            return ChangeAction.Deleted;
        }

        foreach (var (name, value) in labels)
        {
            if (live.Label(name) != value)
            {
                return ChangeAction.Skipped;
            }
        }

        if (MetadataSelector.Any(kept, live))
        {
            return ChangeAction.Skipped;
        }

        try
        {
            await client.DeleteAsync(kind, key.Namespace, key.Name, new() { PropagationPolicy = propagation }, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Somebody was faster.
        }

        return ChangeAction.Deleted;
    }

    /// <summary>What this set defines must be served before its objects are sent.</summary>
    private async Task AwaitKindsAsync(List<MapValue> definitions, IReadOnlyList<MapValue> objects, CancellationToken cancellationToken)
    {
        var defined = new HashSet<(string Group, string Kind)>();
        foreach (var value in definitions)
        {
            if (value.GroupVersionKind() is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" })
            {
                defined.Add((value.GetMap("spec")?.GetString("group") ?? "", value.GetMap("spec")?.GetMap("names")?.GetString("kind") ?? ""));
            }
        }

        if (defined.Count == 0)
        {
            return;
        }

        foreach (var value in objects)
        {
            var kind = value.GroupVersionKind();
            if (defined.Contains((kind.Group, kind.Kind)))
            {
                await client.Mapper.AwaitAsync(kind, DiscoveryTimeout, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ApplyStageAsync(List<MapValue> objects, bool waits, List<Change> done, CancellationToken cancellationToken)
    {
        if (objects.Count == 0)
        {
            return;
        }

        var keys = new Dictionary<MapValue, ObjectKey>(ReferenceEqualityComparer.Instance);
        foreach (var value in objects)
        {
            keys[value] = value.Key();
        }

        objects.Sort((a, b) => ObjectOrder.Compare(keys[a], keys[b]));
        var plans = new Plan[objects.Count];
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, objects.Count),
                new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken },
                async (i, token) => plans[i] = await PlanAsync(objects[i], token).ConfigureAwait(false)).ConfigureAwait(false);
            foreach (var plan in plans)
            {
                if (plan.Wanted is { } wanted && !options.OnlyCompares)
                {
                    await WriteAsync(wanted, cancellationToken).ConfigureAwait(false);
                }

                if (plan.Change.Kind is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } && plan.Change.HasEffect)
                {
                    client.Mapper.Invalidate();
                }

                done.Add(plan.Change);
            }
        }
        catch (RefusedException e)
        {
            throw new ApplyFailedException(e.Message, done, e.InnerException);
        }

        if (waits && !options.OnlyCompares)
        {
            var wanted = new List<HealthTarget>(plans.Length);
            foreach (var plan in plans)
            {
                wanted.Add(new(plan.Change.Key, plan.Change.Version));
            }

            var outcome = await waiter.WaitAsync(wanted, options.DefinitionTimeout, failsFast: false, cancellationToken).ConfigureAwait(false);
            if (outcome is not null)
            {
                throw new ApplyFailedException(outcome, done, null);
            }
        }
    }

    private async Task<Plan> PlanAsync(MapValue wanted, CancellationToken cancellationToken)
    {
        var kind = wanted.GroupVersionKind();
        var (space, name) = (wanted.Namespace(), wanted.Name());
        MapValue? live = null;
        try
        {
            live = await client.FindAsync(kind, space, name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            // The dry run says the same in words that name the object.
        }

        if (MetadataSelector.Any(options.Excluded, wanted, live)
            || (live is not null && MetadataSelector.Any(options.OnlyCreated, wanted)))
        {
            return new(Describe(live ?? wanted, ChangeAction.Skipped), null);
        }

        if (live is null && options.OnlyCompares)
        {
            return new(Describe(wanted, ChangeAction.Created), null);
        }

        MapValue dryRun;
        try
        {
            dryRun = await DryRunAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (live is not null && e.IsImmutable
            && (options.Recreates || MetadataSelector.Any(options.Recreated, wanted, live)))
        {
            if (options.OnlyCompares)
            {
                return new(Describe(live, ChangeAction.Configured), null);
            }

            await RecreateAsync(kind, space, name, cancellationToken).ConfigureAwait(false);
            live = null;
            dryRun = await RefusedAsync(wanted, () => DryRunAsync(wanted, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new RefusedException(DryRunMessage(wanted, e), e);
        }

        var isTakenOver = live is not null && await TakeOverAsync(wanted, live, cancellationToken).ConfigureAwait(false);
        var isNew = string.IsNullOrEmpty(dryRun.GetMap("metadata")?.GetString("resourceVersion"));
        if (!isTakenOver && !Drift.IsThere(live, dryRun, options.Ignored))
        {
            return new(Describe(dryRun, ChangeAction.Unchanged), null);
        }

        var applied = wanted;
        if (!isNew && live is not null && options.Ignored.Count > 0)
        {
            applied = wanted.DeepClone();
            Drift.KeepIgnored(applied, live, dryRun, options);
        }

        return new(Describe(dryRun, isNew ? ChangeAction.Created : ChangeAction.Configured), applied);
    }

    private Task<MapValue> DryRunAsync(MapValue wanted, CancellationToken cancellationToken) =>
        client.ApplyAsync(wanted, new() { FieldManager = options.FieldManager, IsDryRun = true, IsForced = true }, cancellationToken);

    private async Task WriteAsync(MapValue wanted, CancellationToken cancellationToken)
    {
        try
        {
            await client.ApplyAsync(wanted, new() { FieldManager = options.FieldManager, IsForced = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new RefusedException($"{wanted.Key()} apply failed: {e.Message}", e);
        }
    }

    private async Task<bool> TakeOverAsync(MapValue wanted, MapValue live, CancellationToken cancellationToken)
    {
        if (MetadataSelector.Any(options.Merged, wanted, live))
        {
            return false;
        }

        var patch = ManagedFields.Takeover(live, options);
        if (patch.Count == 0 || options.OnlyCompares)
        {
            return patch.Count > 0;
        }

        try
        {
            await client.PatchAsync(
                live.GroupVersionKind(),
                live.Namespace(),
                live.Name(),
                PatchType.Json,
                patch,
                new() { FieldManager = options.FieldManager },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiException e)
        {
            throw new RefusedException($"{live.Key()} metadata.managedFields cleanup failed: {e.Message}", e);
        }
    }

    private async Task RecreateAsync(GroupVersionKind kind, string space, string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(kind, space, name, DeleteOptions.Background, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return;
        }
        catch (ApiException e)
        {
            throw new RefusedException(
                $"{new ObjectKey(kind.Group, kind.Kind, space, name)} immutable field detected, failed to delete object: {e.Message}", e);
        }

        await waiter.WaitGoneAsync([new(new(kind.Group, kind.Kind, space, name), kind.Version)], Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<MapValue> RefusedAsync(MapValue wanted, Func<Task<MapValue>> send)
    {
        try
        {
            return await send().ConfigureAwait(false);
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            throw new RefusedException(DryRunMessage(wanted, e), e);
        }
    }

    private static string DryRunMessage(MapValue wanted, Exception cause)
    {
        if (cause is not ApiException refusal)
        {
            return $"{wanted.Key()} dry-run failed: {cause.Message}";
        }

        if (refusal.IsNotFound)
        {
            return wanted.Namespace().Length == 0
                ? $"{wanted.Key()} namespace not specified: {refusal.Message}"
                : $"{wanted.Key()} not found: {refusal.Message}";
        }

        var reason = refusal.Reason;
        foreach (var item in refusal.Status?.GetMap("details")?.GetList("causes") ?? [])
        {
            if (item is MapValue entry && entry.GetString("reason") == "FieldManagerConflict")
            {
                reason = "FieldManagerConflict";
            }
        }

        return reason.Length == 0
            ? $"{wanted.Key()} dry-run failed: {refusal.Message}"
            : $"{wanted.Key()} dry-run failed ({reason}): {refusal.Message}";
    }

    private static Change Describe(MapValue value, ChangeAction action) => new(value.Key(), value.GroupVersionKind().Version, action);

    private readonly record struct Plan(Change Change, MapValue? Wanted);

    /// <summary>Carries a message about one object out of the parallel part of a stage.</summary>
    private sealed class RefusedException(string message, Exception cause) : Exception(message, cause);
}

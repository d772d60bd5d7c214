using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Sends the objects of a release to the cluster as Helm 4 does: by server-side apply, or by three-way merge.</summary>
internal sealed class ReleaseResources(KubernetesClient client, bool isServerSide, bool replaces, HelmLog log)
{
    private const string Manager = HelmReleaseServices.ControllerName;

    /// <summary>Fields that a kind does not have are an error.</summary>
    private const string Validation = "Strict";

    /// <summary>True when one of the objects is in the cluster already.</summary>
    public async Task<bool> AnyExistsAsync(IReadOnlyList<ReleaseObject> objects, CancellationToken cancellationToken)
    {
        foreach (var item in objects)
        {
            if (await client.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Creates objects, those of a kind that follow each other at once. All are tried; what failed is told together.</summary>
    public async Task CreateAsync(IReadOnlyList<ReleaseObject> objects, CancellationToken cancellationToken)
    {
        log.Add("creating resource(s)", new MapValue { ["resources"] = objects.Count });
        LogCreation(isForced: false);
        var failures = new List<HelmActionException>();
        for (var start = 0; start < objects.Count;)
        {
            var end = start + 1;
            while (end < objects.Count && objects[end].Kind.Kind == objects[start].Kind.Kind)
            {
                end++;
            }

            var pending = new List<Task>(end - start);
            for (var i = start; i < end; i++)
            {
                pending.Add(CreateAsync(objects[i], "", isForced: false, cancellationToken));
            }

            await Task.WhenAll(pending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Report(objects, start, pending, failures);
            cancellationToken.ThrowIfCancellationRequested();

            start = end;
        }

        if (failures.Count > 0)
        {
            throw new HelmActionException(string.Join('\n', failures.Select(static f => f.Message)), failures[0]);
        }
    }

    /// <summary>
    /// Makes the cluster hold the wanted objects and deletes those that only the old release had. The names of what was
    /// created go to <paramref name="created"/>.
    /// </summary>
    public async Task UpdateAsync(
        IReadOnlyList<ReleaseObject> before,
        IReadOnlyList<ReleaseObject> wanted,
        List<ReleaseObject> created,
        CancellationToken cancellationToken)
    {
        LogCreation(isForced: true);
        LogUpdate();
        log.Add("checking resources for changes", new MapValue { ["resources"] = wanted.Count });
        var old = new Dictionary<ObjectKey, ReleaseObject>();
        foreach (var item in before)
        {
            old[item.Key] = item;
        }

        foreach (var item in wanted)
        {
            var live = await client.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false);
            if (live is null)
            {
                try
                {
                    await CreateAsync(item, "failed to create resource: ", isForced: true, cancellationToken).ConfigureAwait(false);
                }
                catch (HelmActionException) when (isServerSide)
                {
                    log.Add("Error creating resource via patch", item, isError: true);
                    throw;
                }

                log.Add("created a new resource", Fields(item));
                created.Add(item);
            }
            else
            {
                await UpdateAsync(item, old.GetValueOrDefault(item.Key), live, cancellationToken).ConfigureAwait(false);
            }

            old.Remove(item.Key);
        }

        foreach (var item in before)
        {
            if (old.ContainsKey(item.Key))
            {
                await DropAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Deletes an object; what is gone already is fine.</summary>
    public async Task DeleteAsync(ReleaseObject item, string propagation, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteAsync(
                item.Kind,
                item.Value.Namespace(),
                item.Value.Name(),
                new() { PropagationPolicy = propagation },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Somebody was faster.
        }
    }

    private async Task DropAsync(ReleaseObject item, CancellationToken cancellationToken)
    {
        var live = await client.FindAsync(item.Kind, item.Value.Namespace(), item.Value.Name(), cancellationToken).ConfigureAwait(false);
        if (live is not null && !ReleaseObject.IsKeptBy(live))
        {
            log.Add("deleting resource", Fields(item));
            await DeleteAsync(item, "Background", cancellationToken).ConfigureAwait(false);
        }
    }

    // Refusals come back sooner than what the cluster stores.
    private void Report(IReadOnlyList<ReleaseObject> objects, int start, List<Task> done, List<HelmActionException> failures)
    {
        for (var i = 0; i < done.Count; i++)
        {
            if (done[i].Exception?.InnerException is not { } failure)
            {
                continue;
            }

            failures.Add(failure as HelmActionException ?? new HelmActionException(failure.Message, failure));
            if (isServerSide)
            {
                log.Add("Error creating resource via patch", objects[start + i], isError: true);
            }
        }

        for (var i = 0; i < done.Count && isServerSide; i++)
        {
            if (done[i].IsCompletedSuccessfully)
            {
                log.Add("Created resource via patch", objects[start + i]);
            }
        }
    }

    private void LogCreation(bool isForced)
    {
        if (isServerSide)
        {
            log.Add(
                "using server-side apply for resource creation",
                new MapValue { ["dryRun"] = false, ["fieldValidationDirective"] = "Strict", ["forceConflicts"] = isForced });
        }
        else
        {
            log.Add("using client-side apply for resource creation");
        }
    }

    private void LogUpdate()
    {
        if (isServerSide)
        {
            log.Add(
                "using server-side apply for resource update",
                new MapValue
                {
                    ["dryRun"] = false,
                    ["fieldValidationDirective"] = "Strict",
                    ["forceConflicts"] = true,
                    ["upgradeClientSideFieldManager"] = false,
                });
        }
        else if (replaces)
        {
            log.Add("using resource replace update strategy", new MapValue { ["fieldValidationDirective"] = "Strict" });
        }
        else
        {
            log.Add("using client-side apply for resource update", new MapValue { ["threeWayMergeForUnstructured"] = false });
        }
    }

    private static MapValue Fields(ReleaseObject item) =>
        new() { ["kind"] = item.Kind.Kind, ["name"] = item.Value.Name(), ["namespace"] = item.Value.Namespace() };

    private async Task CreateAsync(ReleaseObject item, string prefix, bool isForced, CancellationToken cancellationToken)
    {
        try
        {
            if (isServerSide)
            {
                await client.ApplyAsync(item.Value, new() { FieldManager = Manager, IsForced = isForced, FieldValidation = Validation }, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await client.CreateAsync(item.Value, new() { FieldManager = Manager, FieldValidation = Validation }, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ApiException e)
        {
            throw new HelmActionException(
                isServerSide ? $"{prefix}server-side apply failed for object {item.ApplyName}: {e.Message}" : $"{prefix}{e.Message}", e);
        }
    }

    private async Task UpdateAsync(ReleaseObject item, ReleaseObject? before, MapValue live, CancellationToken cancellationToken)
    {
        try
        {
            if (isServerSide)
            {
                await client.ApplyAsync(item.Value, new() { FieldManager = Manager, IsForced = true, FieldValidation = Validation }, cancellationToken).ConfigureAwait(false);
                log.Add("Patched resource", item);
            }
            else if (replaces)
            {
                await ReplaceAsync(item, live, cancellationToken).ConfigureAwait(false);
                log.Add(
                    "replace succeeded",
                    new MapValue { ["initialKind"] = item.Kind.Kind, ["kind"] = item.Kind.Kind, ["name"] = item.Value.Name() });
            }
            else
            {
                await MergeAsync(item, before, live, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ApiException e)
        {
            log.Add(replaces ? "error replacing the resource" : "Error patching resource", item, isError: true);
            throw new HelmActionException(
                isServerSide ? $"server-side apply failed for object {item.ApplyName}: {e.Message}"
                : replaces ? $"failed to replace object: {e.Message}"
                : $"cannot patch \"{item.Value.Name()}\" with kind {item.Kind.Kind}: {e.Message}",
                e);
        }
    }

    private async Task ReplaceAsync(ReleaseObject item, MapValue live, CancellationToken cancellationToken)
    {
        var value = item.Value.DeepClone();
        value.GetOrAddMap("metadata")["resourceVersion"] = live.GetMap("metadata")?.GetString("resourceVersion") ?? "";
        await client.UpdateAsync(value, new() { FieldManager = Manager, FieldValidation = Validation }, cancellationToken).ConfigureAwait(false);
    }

    private async Task MergeAsync(ReleaseObject item, ReleaseObject? before, MapValue live, CancellationToken cancellationToken)
    {
        var original = before?.Value ?? [];
        Value? patch;
        var type = PatchType.Merge;
        if (BuiltInSchemas.Find(item.Kind) is { } schema)
        {
            patch = StrategicMergePatch.CreateThreeWay(original, item.Value, live, schema).Value;
            type = PatchType.StrategicMerge;
        }
        else
        {
            patch = Weir.Kubernetes.MergePatch.CreateThreeWay(original, item.Value, live);
        }

        if (patch is MapValue { Count: > 0 })
        {
            await client.PatchAsync(
                item.Kind,
                item.Value.Namespace(),
                item.Value.Name(),
                type,
                patch,
                new() { FieldManager = Manager, FieldValidation = Validation },
                cancellationToken).ConfigureAwait(false);
        }
    }
}

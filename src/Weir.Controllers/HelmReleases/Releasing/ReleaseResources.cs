using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Sends the objects of a release to the cluster as Helm 4 does: by server-side apply, or by three-way merge.</summary>
internal sealed class ReleaseResources(KubernetesClient client, bool isServerSide, bool replaces)
{
    private const string Manager = HelmReleaseServices.ControllerName;

    /// <summary>Creates objects in order; existing ones are taken over.</summary>
    public async Task CreateAsync(IReadOnlyList<ReleaseObject> objects, CancellationToken cancellationToken)
    {
        foreach (var item in objects)
        {
            await CreateAsync(item, "", cancellationToken).ConfigureAwait(false);
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
                await CreateAsync(item, "failed to create resource: ", cancellationToken).ConfigureAwait(false);
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
            await DeleteAsync(item, "Background", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CreateAsync(ReleaseObject item, string prefix, CancellationToken cancellationToken)
    {
        try
        {
            if (isServerSide)
            {
                await client.ApplyAsync(item.Value, new() { FieldManager = Manager, IsForced = true }, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await client.CreateAsync(item.Value, new() { FieldManager = Manager }, cancellationToken).ConfigureAwait(false);
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
                await client.ApplyAsync(item.Value, new() { FieldManager = Manager, IsForced = true }, cancellationToken).ConfigureAwait(false);
            }
            else if (replaces)
            {
                await ReplaceAsync(item, live, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await MergeAsync(item, before, live, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ApiException e)
        {
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
        await client.UpdateAsync(value, new() { FieldManager = Manager }, cancellationToken).ConfigureAwait(false);
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
                new() { FieldManager = Manager },
                cancellationToken).ConfigureAwait(false);
        }
    }
}

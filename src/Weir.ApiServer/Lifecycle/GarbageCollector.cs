using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>
/// Deletes what its owners left behind, lets owners that delete their dependents first go when none blocks them, and frees the
/// dependents of owners that orphan them.
/// </summary>
internal sealed class GarbageCollector(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer)
{
    private const string Manager = "kube-controller-manager";
    private const string Events = "events";

    private readonly Dependents _dependents = new();

    // Owners that were seen to go while they had dependents: absent also when nobody knows their kind any more.
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly ChangeQueue _queue = new(store, static (table, change) => table.Id != Events
        && (change.Current is null || change.Current.IsTerminating || change.Current.Owners.Length > 0 || change.Previous is { Owners.Length: > 0 }));

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var table in store.Tables)
        {
            foreach (var item in table.Id == Events ? [] : table.Objects.List(null))
            {
                _dependents.Replace(table, null, item);
            }
        }

        foreach (var table in store.Tables)
        {
            foreach (var item in table.Id == Events ? [] : table.Objects.List(null))
            {
                await ConsiderAsync(table, item.Namespace, item.Name).ConfigureAwait(false);
            }
        }

        await foreach (var (table, change) in _queue.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            await HandleAsync(table, change).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(ResourceTable table, ObjectEvent change)
    {
        _dependents.Replace(table, change.Previous, change.Current);
        if (change.Current is { } current)
        {
            await ConsiderAsync(table, current.Namespace, current.Name).ConfigureAwait(false);
            if (current.IsTerminating && change.Previous is { IsTerminating: false })
            {
                await ConsiderAllAsync(current.Uid).ConfigureAwait(false);
            }
        }
        else
        {
            var gone = change.Subject;
            if (_dependents.Of(gone.Uid).Count > 0)
            {
                _gone.Add(gone.Uid);
                await ConsiderAllAsync(gone.Uid).ConfigureAwait(false);
                _gone.Remove(gone.Uid);
            }
        }

        // An owner may wait for this dependent, which is gone or no longer its own.
        foreach (var reference in References(change.Previous))
        {
            if (Owner(change.Subject, reference) is var (resource, owner) && owner is { IsTerminating: true })
            {
                await ConsiderAsync(resource.Table, owner.Namespace, owner.Name).ConfigureAwait(false);
            }
        }
    }

    private async Task ConsiderAllAsync(string owner)
    {
        foreach (var dependent in _dependents.Of(owner).ToList())
        {
            await ConsiderAsync(dependent.Table, dependent.Namespace, dependent.Name).ConfigureAwait(false);
        }
    }

    private async Task ConsiderAsync(ResourceTable table, string ns, string name)
    {
        if (catalog.Current.Stored(table) is not { } resource || table.Objects.Find(ns, name) is not { } item || (item.Owners.Length == 0 && !item.IsTerminating))
        {
            return;
        }

        try
        {
            if (item.IsTerminating)
            {
                await EndAsync(resource, item).ConfigureAwait(false);
            }
            else
            {
                await CollectAsync(resource, item).ConfigureAwait(false);
            }
        }
        catch (ApiException)
        {
            // Changed or gone meanwhile: that change brings us back.
        }
    }

    /// <summary>What an object that is being deleted waits for on our side.</summary>
    private async Task EndAsync(ServedResource resource, StoredObject item)
    {
        var finalizers = item.Decode().GetMap("metadata")?.GetList("finalizers") ?? [];
        if (finalizers.Contains(new StringValue(Deletion.OrphanFinalizer)))
        {
            foreach (var dependent in _dependents.Of(item.Uid).ToList())
            {
                if (catalog.Current.Stored(dependent.Table) is { } kind)
                {
                    await RemoveReferencesAsync(kind, dependent.Namespace, dependent.Name, [item.Uid]).ConfigureAwait(false);
                }
            }

            await RemoveFinalizerAsync(resource, item, Deletion.OrphanFinalizer).ConfigureAwait(false);
        }
        else if (finalizers.Contains(new StringValue(Deletion.ForegroundFinalizer)) && !IsBlocked(item.Uid))
        {
            await RemoveFinalizerAsync(resource, item, Deletion.ForegroundFinalizer).ConfigureAwait(false);
        }
    }

    private bool IsBlocked(string owner)
    {
        foreach (var dependent in _dependents.Of(owner))
        {
            foreach (var reference in References(dependent.Table.Objects.Find(dependent.Namespace, dependent.Name)))
            {
                if (reference.GetString("uid") == owner && reference.GetBool("blockOwnerDeletion") == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task CollectAsync(ServedResource resource, StoredObject item)
    {
        var (solid, dangling, waiting) = (0, new List<string>(), new List<string>());
        foreach (var reference in References(item))
        {
            var uid = reference.GetString("uid") ?? "";
            if (_gone.Contains(uid))
            {
                dangling.Add(uid);
                continue;
            }

            if (Owner(item, reference) is not var (_, owner))
            {
                // Nobody knows the kind, or it could never be found from here: nothing is deleted for that.
                return;
            }

            if (owner is null || owner.Uid != uid)
            {
                dangling.Add(uid);
            }
            else if (owner.IsTerminating && HasFinalizer(owner, Deletion.ForegroundFinalizer))
            {
                waiting.Add(uid);
            }
            else
            {
                solid++;
            }
        }

        if (solid > 0)
        {
            if (dangling.Count + waiting.Count > 0)
            {
                await RemoveReferencesAsync(resource, item.Namespace, item.Name, [.. dangling, .. waiting]).ConfigureAwait(false);
            }

            return;
        }

        if (dangling.Count + waiting.Count == 0)
        {
            return;
        }

        var policy = waiting.Count > 0 && _dependents.Of(item.Uid).Count > 0 ? "Foreground"
            : HasFinalizer(item, Deletion.OrphanFinalizer) ? "Orphan"
            : HasFinalizer(item, Deletion.ForegroundFinalizer) ? "Foreground"
            : "Background";
        await writer.DeleteAsync(resource, item.Namespace, item.Name, new DeleteOptions { PropagationPolicy = policy, Uid = item.Uid },
            WriteRequest.Controller(Manager)).ConfigureAwait(false);
    }

    /// <summary>
    /// Where the owner that a reference names would be, and what is there; <see langword="null"/> when the reference cannot be followed.
    /// Owners are looked for in the namespace of their dependent.
    /// </summary>
    private (ServedResource Resource, StoredObject? Owner)? Owner(StoredObject item, MapValue reference)
    {
        var kind = GroupVersionKind.Of(reference.GetString("apiVersion"), reference.GetString("kind"));
        if (catalog.Current.FindKind(kind.Group, kind.Kind) is not { } resource || (resource.Type.IsNamespaced && item.Namespace.Length == 0))
        {
            return null;
        }

        return (resource, resource.Table.Objects.Find(resource.Type.IsNamespaced ? item.Namespace : "", reference.GetString("name") ?? ""));
    }

    private static IEnumerable<MapValue> References(StoredObject? item) =>
        item is null || item.Owners.Length == 0 ? [] : (item.Decode().GetMap("metadata")?.GetList("ownerReferences") ?? []).OfType<MapValue>();

    private static bool HasFinalizer(StoredObject item, string finalizer) =>
        item.Decode().GetMap("metadata")?.GetList("finalizers")?.Contains(new StringValue(finalizer)) == true;

    private Task RemoveReferencesAsync(ServedResource resource, string ns, string name, IReadOnlyList<string> owners) => writer.UpdateAsync(
        resource, ns, name, WriteRequest.Controller(Manager), (value, _) =>
        {
            value.GetMap("metadata")?.GetList("ownerReferences")?.RemoveAll(r => r is MapValue reference && owners.Contains(reference.GetString("uid") ?? ""));
            value.GetMap("metadata")?.Remove("resourceVersion");
            return value;
        });

    private Task RemoveFinalizerAsync(ServedResource resource, StoredObject item, string finalizer) => writer.UpdateAsync(
        resource, item.Namespace, item.Name, WriteRequest.Controller(Manager), (value, _) =>
        {
            value.GetMap("metadata")?.GetList("finalizers")?.RemoveAll(f => f is StringValue text && text.Value == finalizer);
            value.GetMap("metadata")?.Remove("resourceVersion");
            return value;
        });
}

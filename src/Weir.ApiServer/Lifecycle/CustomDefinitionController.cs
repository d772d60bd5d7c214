using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Accepts the names of CustomResourceDefinitions, serves them, and empties those that are being deleted.</summary>
internal sealed class CustomDefinitionController(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer, TimeProvider time)
{
    public const string Finalizer = "customresourcecleanup.apiextensions.k8s.io";
    private const string TableId = "customresourcedefinitions.apiextensions.k8s.io";

    private readonly ResourceTable _definitions = store.Table(TableId);
    private readonly HashSet<string> _emptying = new(StringComparer.Ordinal);
    private readonly ChangeQueue _queue = new(store, static (table, change) => table.Id == TableId || (change.Current is null && table.Id.Contains('.', StringComparison.Ordinal)));

    /// <summary>Serves what storage holds: called once before requests come.</summary>
    public void Load() => Serve();

    public async Task RunAsync(CancellationToken cancellation)
    {
        await ReconcileAsync().ConfigureAwait(false);
        while (await _queue.WaitAsync(cancellation).ConfigureAwait(false))
        {
            var isDue = false;
            while (_queue.TryRead(out var item))
            {
                isDue |= item.Table == _definitions || _emptying.Contains(item.Table.Id);
            }

            if (isDue)
            {
                await ReconcileAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task ReconcileAsync()
    {
        // The oldest definition wins a name, and it does so in the order of creation.
        var values = _definitions.Objects.List(null).Select(d => d.Decode())
            .OrderBy(d => d.At("metadata", "creationTimestamp")?.ToString(), StringComparer.Ordinal).ToList();
        var names = new AcceptedNames(values);
        Serve();
        foreach (var value in values)
        {
            try
            {
                await UpdateStatusAsync(value, names).ConfigureAwait(false);
                if (value.GetMap("metadata")!.ContainsKey("deletionTimestamp"))
                {
                    await EmptyAsync(value).ConfigureAwait(false);
                }
            }
            catch (ApiException)
            {
                // Changed or gone meanwhile: that change brings us back.
            }
        }

        Serve();
    }

    private Task UpdateStatusAsync(MapValue definition, AcceptedNames names)
    {
        var name = definition.GetMap("metadata")!.GetString("name")!;
        return UpdateAsync(name, "status", value =>
        {
            var status = value.GetOrAddMap("status");
            var conditions = status.GetList("conditions") ?? new ListValue();
            var conflict = names.Conflict(value);
            var isAccepted = conflict is null;
            Set(conditions, "NamesAccepted", isAccepted, isAccepted ? "NoConflicts" : conflict!.Value.Reason, isAccepted ? "no conflicts found" : conflict!.Value.Message);
            if (isAccepted)
            {
                status["acceptedNames"] = CustomDefinitions.DefaultedNames(value).DeepClone();
                Set(conditions, "Established", true, "InitialNamesAccepted", "the initial names have been accepted");
            }
            else if (Find(conditions, "Established")?.GetString("status") != "True")
            {
                Set(conditions, "Established", false, "NotAccepted", "not all names are accepted");
            }

            if (value.GetMap("metadata")!.ContainsKey("deletionTimestamp"))
            {
                Set(conditions, "Terminating", true, "InstanceDeletionInProgress", "CustomResource deletion is in progress");
            }

            status["conditions"] = conditions;
        });
    }

    private async Task EmptyAsync(MapValue definition)
    {
        var name = definition.GetMap("metadata")!.GetString("name")!;
        var table = store.Table(name);
        _emptying.Add(name);
        if (catalog.Current.All.FirstOrDefault(r => r.Custom?.Name == name) is { } resource)
        {
            foreach (var item in table.Objects.List(null))
            {
                if (!item.IsTerminating)
                {
                    await writer.DeleteAsync(resource, item.Namespace, item.Name, new DeleteOptions(), WriteRequest.Controller("kube-apiserver")).ConfigureAwait(false);
                }
            }
        }

        if (table.Objects.Count > 0)
        {
            return;
        }

        _emptying.Remove(name);
        await UpdateAsync(name, "", value =>
        {
            var metadata = value.GetMap("metadata")!;
            metadata.GetList("finalizers")?.RemoveAll(static f => f is StringValue { Value: Finalizer });
        }).ConfigureAwait(false);
    }

    private Task UpdateAsync(string name, string subresource, Action<MapValue> change) => writer.UpdateAsync(
        catalog.Current.Find("apiextensions.k8s.io", "v1", "customresourcedefinitions")!, "", name,
        WriteRequest.Controller("kube-apiserver", subresource), (value, _) =>
        {
            change(value);
            return value;
        });

    private void Serve()
    {
        var served = new List<ServedResource>();
        foreach (var stored in _definitions.Objects.List(null))
        {
            served.AddRange(CustomDefinitions.Read(stored, store, catalog.Current));
        }

        catalog.Serve(served);
    }

    private void Set(ListValue conditions, string type, bool status, string reason, string message)
    {
        var condition = Find(conditions, type);
        var text = status ? "True" : "False";
        if (condition is null)
        {
            condition = new MapValue { ["type"] = type, ["status"] = text, ["lastTransitionTime"] = ObjectMetadata.Timestamp(time.GetUtcNow()) };
            conditions.Add(condition);
        }
        else if (condition.GetString("status") != text)
        {
            condition["status"] = text;
            condition["lastTransitionTime"] = ObjectMetadata.Timestamp(time.GetUtcNow());
        }

        condition["reason"] = reason;
        condition["message"] = message;
    }

    private static MapValue? Find(ListValue conditions, string type)
    {
        foreach (var item in conditions)
        {
            if (item is MapValue condition && condition.GetString("type") == type)
            {
                return condition;
            }
        }

        return null;
    }
}

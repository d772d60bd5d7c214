using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Empties namespaces that terminate, says in their conditions what is left, and lets them go when nothing is.</summary>
internal sealed class NamespaceController(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer, TimeProvider time)
{
    private readonly ResourceTable _namespaces = store.Table("namespaces");
    private readonly HashSet<string> _terminating = new(StringComparer.Ordinal);
    private readonly ChangeQueue _queue = new(store, static (table, change) =>
        table.Id == "namespaces" ? change.Current is { IsTerminating: true } : change.Current is null && change.Subject.Namespace.Length > 0);

    public async Task RunAsync(CancellationToken cancellation)
    {
        foreach (var ns in _namespaces.Objects.List(null))
        {
            if (ns.IsTerminating)
            {
                await EmptyAsync(ns.Name).ConfigureAwait(false);
            }
        }

        while (await _queue.WaitAsync(cancellation).ConfigureAwait(false))
        {
            var due = new HashSet<string>(StringComparer.Ordinal);
            while (_queue.TryRead(out var item))
            {
                var name = item.Table == _namespaces ? item.Change.Subject.Name : item.Change.Subject.Namespace;
                if (item.Table == _namespaces || _terminating.Contains(name))
                {
                    due.Add(name);
                }
            }

            foreach (var name in due)
            {
                await EmptyAsync(name).ConfigureAwait(false);
            }
        }
    }

    private async Task EmptyAsync(string ns)
    {
        if (_namespaces.Objects.Find("", ns) is not { IsTerminating: true })
        {
            _terminating.Remove(ns);
            return;
        }

        _terminating.Add(ns);
        var remaining = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var finalizers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var resource in catalog.Current.All)
        {
            if (!resource.Type.IsNamespaced || !resource.IsStorageVersion || !resource.Type.Can(ResourceVerbs.Delete))
            {
                continue;
            }

            foreach (var item in resource.Table.Objects.List(ns))
            {
                await DeleteAsync(resource, item).ConfigureAwait(false);
            }

            foreach (var item in resource.Table.Objects.List(ns))
            {
                remaining[resource.Type.GroupResource + "."] = remaining.GetValueOrDefault(resource.Type.GroupResource + ".") + 1;
                foreach (var finalizer in item.Decode().GetMap("metadata")?.GetList("finalizers") ?? [])
                {
                    var name = (finalizer as StringValue)?.Value ?? "";
                    finalizers[name] = finalizers.GetValueOrDefault(name) + 1;
                }
            }
        }

        try
        {
            if (remaining.Count == 0)
            {
                await FinalizeAsync(ns).ConfigureAwait(false);
            }
            else
            {
                await SetConditionsAsync(ns, remaining, finalizers).ConfigureAwait(false);
            }
        }
        catch (ApiException)
        {
            // Gone or changed meanwhile: the change brings us back.
        }
    }

    private async Task DeleteAsync(ServedResource resource, StoredObject item)
    {
        if (item.IsTerminating)
        {
            return;
        }

        try
        {
            await writer.DeleteAsync(resource, item.Namespace, item.Name, new DeleteOptions { PropagationPolicy = "Background" },
                WriteRequest.Controller("kube-controller-manager")).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // Gone already, or kept back: it counts as remaining.
        }
    }

    private Task FinalizeAsync(string ns) => UpdateAsync(ns, "finalize", value =>
    {
        var spec = value.GetOrAddMap("spec");
        spec.GetList("finalizers")?.RemoveAll(static f => f is StringValue { Value: "kubernetes" });
        if (spec.GetList("finalizers") is { Count: 0 })
        {
            spec.Remove("finalizers");
        }
    });

    private Task SetConditionsAsync(string ns, SortedDictionary<string, int> remaining, SortedDictionary<string, int> finalizers) => UpdateAsync(ns, "status", value =>
    {
        var status = value.GetOrAddMap("status");
        var conditions = status.GetList("conditions") ?? new ListValue();
        Set(conditions, "NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered");
        Set(conditions, "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions", "All legacy kube types successfully parsed");
        Set(conditions, "NamespaceDeletionContentFailure", false, "ContentDeleted",
            "All content successfully deleted, may be waiting on finalization");
        Set(conditions, "NamespaceContentRemaining", true, "SomeResourcesRemain",
            $"Some resources are remaining: {string.Join(", ", remaining.Select(r => $"{r.Key} has {r.Value} resource instances"))}");
        if (finalizers.Count > 0)
        {
            Set(conditions, "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                $"Some content in the namespace has finalizers remaining: {string.Join(", ", finalizers.Select(f => $"{f.Key} in {f.Value} resource instances"))}");
        }
        else
        {
            Set(conditions, "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished");
        }

        status["conditions"] = conditions;
    });

    private Task UpdateAsync(string ns, string subresource, Action<MapValue> change) => writer.UpdateAsync(
        catalog.Current.Find("", "v1", "namespaces")!, ns, ns, WriteRequest.Controller("kube-controller-manager", subresource), (value, _) =>
        {
            change(value);
            return value;
        });

    private void Set(ListValue conditions, string type, bool status, string reason, string message)
    {
        var condition = Find(conditions, type);
        var text = status ? "True" : "False";
        if (condition is null)
        {
            condition = new MapValue { ["type"] = type };
            conditions.Add(condition);
        }
        else if (condition.GetString("status") == text && condition.GetString("message") == message)
        {
            return;
        }

        condition["status"] = text;
        condition["lastTransitionTime"] = ObjectMetadata.Timestamp(time.GetUtcNow());
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

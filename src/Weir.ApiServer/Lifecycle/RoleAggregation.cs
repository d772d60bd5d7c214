using Weir.ApiServer.Authorization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Keeps the rules of aggregated ClusterRoles: those of all roles that their selectors match.</summary>
internal sealed class RoleAggregation
{
    private readonly ResourceTable _roles;
    private readonly ResourceCatalog _catalog;
    private readonly ObjectWriter _writer;
    private readonly ChangeQueue _queue;

    public RoleAggregation(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer)
    {
        _roles = store.Table($"clusterroles.{RbacAuthorizer.Group}");
        _catalog = catalog;
        _writer = writer;
        _queue = new ChangeQueue(store, (table, _) => table == _roles);
    }

    /// <summary>Brings all aggregated roles up to date.</summary>
    public async Task ReconcileAsync()
    {
        foreach (var item in _roles.Objects.List(null))
        {
            var role = item.Decode();
            if (role.GetMap("aggregationRule")?.GetList("clusterRoleSelectors") is { } selectors)
            {
                await AggregateAsync(item, role, selectors).ConfigureAwait(false);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await _queue.WaitAsync(cancellation).ConfigureAwait(false))
        {
            while (_queue.TryRead(out _))
            {
                // All changes until now are seen at once.
            }

            await ReconcileAsync().ConfigureAwait(false);
        }
    }

    private async Task AggregateAsync(StoredObject item, MapValue role, ListValue selectors)
    {
        var rules = new ListValue();
        foreach (var selector in selectors.OfType<MapValue>())
        {
            var matching = LabelSelector.Read(selector);
            foreach (var other in _roles.Objects.List(null))
            {
                if (other.Name == item.Name || matching?.Matches(other.Label) != true)
                {
                    continue;
                }

                foreach (var rule in other.Decode().GetList("rules") ?? [])
                {
                    if (!rules.Contains(rule))
                    {
                        rules.Add(rule);
                    }
                }
            }
        }

        Value wanted = rules.Count == 0 ? NullValue.Instance : rules;
        if (Value.DeepEquals(wanted, role["rules"] is ListValue { Count: 0 } or null ? NullValue.Instance : role["rules"]))
        {
            return;
        }

        try
        {
            await _writer.UpdateAsync(_catalog.Current.Find(RbacAuthorizer.Group, "v1", "clusterroles")!, "", item.Name,
                WriteRequest.Controller("clusterrole-aggregation-controller"), (value, _) =>
                {
                    value["rules"] = wanted;
                    value.GetMap("metadata")?.Remove("resourceVersion");
                    return value;
                }).ConfigureAwait(false);
        }
        catch (ApiException)
        {
            // Gone meanwhile.
        }
    }
}

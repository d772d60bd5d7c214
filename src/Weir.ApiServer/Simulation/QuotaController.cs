using Weir.ApiServer.Admission;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Keeps the status of quotas: the limits of the spec, and what is used after objects went or ended.</summary>
internal sealed class QuotaController(SimulatedCluster cluster, ResourceQuotas quotas)
    : SimulatedController(cluster, cluster.Resource("", "v1", "resourcequotas"), "resourcequota-controller")
{
    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);

        // What is made is charged when it is made.
        if (table == Resource.Table || change.Previous is null || (change.Current is not null && table.Id is not ("pods" or "services" or "persistentvolumeclaims")))
        {
            return;
        }

        var ns = change.Subject.Namespace;
        if (ns.Length > 0 && Resource.Table.Objects.CountIn(ns) > 0)
        {
            foreach (var quota in Resource.Table.Objects.List(ns))
            {
                Enqueue(ns, quota.Name);
            }
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        using var turn = await quotas.EnterAsync(CancellationToken.None).ConfigureAwait(false);
        if (Resource.Table.Objects.Find(item.Namespace, item.Name) is not { } current)
        {
            return;
        }

        var value = current.Decode();
        var spec = value.GetMap("spec") ?? [];
        var hard = spec.GetMap("hard") ?? [];
        var status = new MapValue { ["hard"] = hard.DeepClone(), ["used"] = Used(item.Namespace, spec, hard).Write() };
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private ResourceAmounts Used(string ns, MapValue spec, MapValue hard)
    {
        var used = new ResourceAmounts();
        foreach (var names in hard.Keys.GroupBy(QuotaUsage.CountedBy))
        {
            var (group, plural) = names.Key;
            var wanted = names.ToHashSet(StringComparer.Ordinal);
            foreach (var name in wanted)
            {
                used[name] = default;
            }

            if (plural.Length == 0 || Cluster.Find(group, plural) is not { } resource)
            {
                continue;
            }

            foreach (var stored in resource.Table.Objects.List(ns))
            {
                var item = resource.View.Value(stored);
                if (QuotaScopes.Matches(spec, group, plural, item))
                {
                    used.Add(QuotaUsage.Of(group, plural, item).Only(wanted.Contains));
                }
            }
        }

        return used;
    }
}

using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>The history of StatefulSets and DaemonSets: one ControllerRevision for each template.</summary>
internal sealed class ControllerRevisions(SimulatedCluster cluster, string account)
{
    private readonly ServedResource _revisions = cluster.Resource("apps", "v1", "controllerrevisions");

    /// <summary>The name and the hash of the revision of the workload's present template, which is made when it is not there.</summary>
    public async Task<(string Name, string Hash)> EnsureAsync(ServedResource kind, MapValue owner)
    {
        var template = owner.At("spec", "template") as MapValue ?? [];
        var hash = PodTemplates.Hash(template);
        var name = $"{owner.Name()}-{hash}";
        var ns = owner.Namespace();
        var own = Own(owner);
        var next = own.Count == 0 ? 1 : own[^1].Revision + 1;
        if (_revisions.Table.Objects.Find(ns, name) is { } existing)
        {
            var value = existing.Decode();
            if (own.Count > 0 && own[^1].Item.Name != name)
            {
                value["revision"] = next;
                await cluster.UpdateAsync(_revisions, value, account).ConfigureAwait(false);
            }

            return (name, hash);
        }

        var labels = (template.GetMap("metadata")?.GetMap("labels")?.DeepClone() as MapValue) ?? [];
        labels["controller.kubernetes.io/hash"] = hash;
        var patch = template.DeepClone();
        patch["$patch"] = "replace";
        try
        {
            await cluster.CreateAsync(_revisions, ns, new MapValue
            {
                ["metadata"] = new MapValue
                {
                    ["name"] = name,
                    ["labels"] = labels,
                    ["ownerReferences"] = new ListValue { PodTemplates.OwnerReference(kind, owner) },
                },
                ["data"] = new MapValue { ["spec"] = new MapValue { ["template"] = patch } },
                ["revision"] = next,
            }, account).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Status.Reason == "AlreadyExists")
        {
            // Made meanwhile.
        }

        return (name, hash);
    }

    /// <summary>Drops revisions beyond the limit that nothing uses, oldest first.</summary>
    public async Task TrimAsync(MapValue owner, IReadOnlySet<string> used)
    {
        var unused = Own(owner).FindAll(r => !used.Contains(r.Item.Name));
        var surplus = unused.Count - (int)Math.Min(owner.GetMap("spec")?.GetInt("revisionHistoryLimit") ?? 10, int.MaxValue);
        for (var i = 0; i < surplus; i++)
        {
            await cluster.DeleteAsync(_revisions, unused[i].Item, account).ConfigureAwait(false);
        }
    }

    private List<(StoredObject Item, long Revision)> Own(MapValue owner)
    {
        var uid = owner.GetMap("metadata")!.GetString("uid")!;
        var own = new List<(StoredObject Item, long Revision)>();
        foreach (var item in cluster.Owners.Dependents(uid, _revisions.Table))
        {
            own.Add((item, item.Decode().GetInt("revision") ?? 0));
        }

        own.Sort(static (a, b) => a.Revision.CompareTo(b.Revision));
        return own;
    }
}

using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Binds every volume claim, to the volume that it names or to a new one of its size; volumes go with their claims when their policy says so.</summary>
internal sealed class VolumeClaimController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("", "v1", "persistentvolumeclaims"), "persistent-volume-binder")
{
    private readonly ServedResource _volumes = cluster.Resource("", "v1", "persistentvolumes");

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (table == _volumes.Table && change.Current is { } volume
            && volume.Decode().At("spec", "claimRef") is MapValue claim && claim.GetString("name") is { } name)
        {
            Enqueue(claim.GetString("namespace") ?? "", name);
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        var value = item.Decode();
        if (item.IsTerminating || value.GetMap("status")?.GetString("phase") == "Bound")
        {
            return;
        }

        var spec = value.GetMap("spec") ?? [];
        var name = spec.GetString("volumeName") is { Length: > 0 } named ? named : $"pvc-{item.Uid}";
        if (_volumes.Table.Objects.Find("", name) is null)
        {
            if (spec.GetString("volumeName") is { Length: > 0 } && name != $"pvc-{item.Uid}")
            {
                // The claim waits for the volume that it names.
                return;
            }

            await ProvisionAsync(item, spec, name).ConfigureAwait(false);
        }

        await BindVolumeAsync(item, name).ConfigureAwait(false);
        if (spec.GetString("volumeName") is not { Length: > 0 })
        {
            var annotations = value.GetMap("metadata")!.GetOrAddMap("annotations");
            annotations["pv.kubernetes.io/bind-completed"] = "yes";
            annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
            spec["volumeName"] = name;
            await Cluster.UpdateAsync(Resource, value, Account).ConfigureAwait(false);
            if (Resource.Table.Objects.Find(item.Namespace, item.Name) is not { } changed)
            {
                return;
            }

            value = changed.Decode();
        }

        var volume = _volumes.Table.Objects.Find("", name)?.Decode().GetMap("spec");
        var status = value.GetMap("status")?.DeepClone() ?? [];
        status["phase"] = "Bound";
        status["accessModes"] = (volume?.GetList("accessModes") ?? spec.GetList("accessModes"))?.DeepClone() ?? [];
        status["capacity"] = (volume?.GetMap("capacity") ?? Size(spec)).DeepClone();
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    /// <summary>The volumes of a claim that has gone.</summary>
    protected override async Task ForgetAsync(string ns, string name)
    {
        foreach (var item in _volumes.Table.Objects.List(null))
        {
            var value = item.Decode();
            if (value.At("spec", "claimRef") is not MapValue claim || claim.GetString("name") != name || claim.GetString("namespace") != ns)
            {
                continue;
            }

            if (value.GetMap("spec")?.GetString("persistentVolumeReclaimPolicy") == "Delete")
            {
                await Cluster.DeleteAsync(_volumes, item, Account).ConfigureAwait(false);
            }
            else if (value.GetMap("status")?.GetString("phase") != "Released")
            {
                value.GetOrAddMap("status")["phase"] = "Released";
                await Cluster.UpdateAsync(_volumes, value, Account, "status").ConfigureAwait(false);
            }
        }
    }

    private async Task ProvisionAsync(StoredObject item, MapValue spec, string name)
    {
        var volume = new MapValue
        {
            ["metadata"] = new MapValue
            {
                ["name"] = name,
                ["annotations"] = new MapValue { ["pv.kubernetes.io/provisioned-by"] = "simulation.weir.dev" },
            },
            ["spec"] = new MapValue
            {
                ["capacity"] = Size(spec),
                ["accessModes"] = spec.GetList("accessModes")?.DeepClone() ?? [],
                ["claimRef"] = ClaimReference(item),
                ["persistentVolumeReclaimPolicy"] = "Delete",
                ["hostPath"] = new MapValue { ["path"] = $"/var/lib/simulated/{item.Namespace}/{item.Name}", ["type"] = "DirectoryOrCreate" },
                ["volumeMode"] = spec.GetString("volumeMode") ?? "Filesystem",
            },
        };
        if (spec.GetString("storageClassName") is { Length: > 0 } storageClass)
        {
            volume.GetMap("spec")!["storageClassName"] = storageClass;
        }

        try
        {
            await Cluster.CreateAsync(_volumes, "", volume, Account).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.Status.Reason == "AlreadyExists")
        {
            // Made before, and not yet bound.
        }
    }

    private async Task BindVolumeAsync(StoredObject item, string name)
    {
        if (_volumes.Table.Objects.Find("", name)?.Decode() is not { } volume || volume.GetMap("status")?.GetString("phase") == "Bound")
        {
            return;
        }

        if (volume.GetMap("spec")?.GetMap("claimRef") is null)
        {
            volume.GetOrAddMap("spec")["claimRef"] = ClaimReference(item);
            await Cluster.UpdateAsync(_volumes, volume, Account).ConfigureAwait(false);
            volume = _volumes.Table.Objects.Find("", name)?.Decode();
        }

        if (volume is not null)
        {
            volume["status"] = new MapValue { ["phase"] = "Bound", ["lastPhaseTransitionTime"] = Cluster.Timestamp };
            await Cluster.UpdateAsync(_volumes, volume, Account, "status").ConfigureAwait(false);
        }
    }

    private static MapValue Size(MapValue spec) => new() { ["storage"] = spec.At("resources", "requests", "storage") ?? "1Gi" };

    private static MapValue ClaimReference(StoredObject item) => new()
    {
        ["kind"] = "PersistentVolumeClaim",
        ["namespace"] = item.Namespace,
        ["name"] = item.Name,
        ["uid"] = item.Uid,
        ["apiVersion"] = "v1",
    };
}

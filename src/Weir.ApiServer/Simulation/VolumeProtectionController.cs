using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Lets claims go that no pod uses, and volumes that no claim holds: they carry a finalizer until then.</summary>
internal sealed class VolumeProtectionController : SimulatedController
{
    private readonly ResourceTable _pods;
    private readonly ResourceTable _claims;
    private readonly bool _isOfClaims;

    public VolumeProtectionController(SimulatedCluster cluster, bool isOfClaims)
        : base(cluster, cluster.Resource("", "v1", isOfClaims ? "persistentvolumeclaims" : "persistentvolumes"), isOfClaims ? "pvc-protection-controller" : "pv-protection-controller")
    {
        _isOfClaims = isOfClaims;
        _pods = cluster.Resource("", "v1", "pods").Table;
        _claims = cluster.Resource("", "v1", "persistentvolumeclaims").Table;
    }

    public override void Observe(ResourceTable table, ObjectEvent change)
    {
        base.Observe(table, change);
        if (_isOfClaims && table == _pods)
        {
            foreach (var item in Resource.Table.Objects.List(change.Subject.Namespace))
            {
                if (item.IsTerminating)
                {
                    Enqueue(item.Namespace, item.Name);
                }
            }
        }
        else if (!_isOfClaims && table == _claims && change.Current is null && change.Previous?.Decode().At("spec", "volumeName")?.ToString() is { Length: > 0 } volume)
        {
            Enqueue("", volume);
        }
    }

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (!item.IsTerminating || IsUsed(item))
        {
            return;
        }

        var value = item.Decode();
        var finalizer = new StringValue(_isOfClaims ? Admission.StorageAdmission.ClaimFinalizer : Admission.StorageAdmission.VolumeFinalizer);
        if (value.GetMap("metadata")?.GetList("finalizers") is { } finalizers && finalizers.RemoveAll(f => f.Equals(finalizer)) > 0)
        {
            await Cluster.UpdateAsync(Resource, value, Account).ConfigureAwait(false);
        }
    }

    private bool IsUsed(StoredObject item)
    {
        if (!_isOfClaims)
        {
            return item.Decode() is var volume && volume.At("status", "phase")?.ToString() == "Bound"
                && _claims.Objects.Find(volume.At("spec", "claimRef", "namespace")?.ToString() ?? "", volume.At("spec", "claimRef", "name")?.ToString() ?? "") is not null;
        }

        foreach (var pod in _pods.Objects.List(item.Namespace))
        {
            var value = pod.Decode();
            if (value.At("status", "phase")?.ToString() is not ("Succeeded" or "Failed")
                && (value.At("spec", "volumes") as ListValue ?? []).Any(v => v.At("persistentVolumeClaim", "claimName")?.ToString() == item.Name))
            {
                return true;
            }
        }

        return false;
    }
}

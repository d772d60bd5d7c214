using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Volumes.</summary>
internal sealed class PersistentVolumeKind : BuiltInKind
{
    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
        SetDefault(spec, "volumeMode", "Filesystem");
        if (spec.GetMap("hostPath") is { } host)
        {
            SetDefault(host, "type", "");
        }

        SetDefault(value.GetOrAddMap("status"), "phase", "Pending");
    }

    public override void PrepareCreate(MapValue value) => value["status"] = new MapValue { ["phase"] = "Pending" };
}

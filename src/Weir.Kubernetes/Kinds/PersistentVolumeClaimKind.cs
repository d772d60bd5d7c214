using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Claims of volumes.</summary>
internal sealed class PersistentVolumeClaimKind : BuiltInKind
{
    public override void Default(MapValue value)
    {
        SetDefault(value.GetOrAddMap("spec"), "volumeMode", "Filesystem");
        SetDefault(value.GetOrAddMap("status"), "phase", "Pending");
    }

    public override void PrepareCreate(MapValue value) => value["status"] = new MapValue { ["phase"] = "Pending" };

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        if (spec.GetList("accessModes") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required("spec.accessModes", "at least 1 access mode is required"));
        }

        if (spec.At("resources", "requests", "storage") is null)
        {
            errors.Add(FieldError.Required("spec.resources[storage]"));
        }
    }
}

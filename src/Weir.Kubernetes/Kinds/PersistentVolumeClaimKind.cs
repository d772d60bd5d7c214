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

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        var (now, before) = (Fixed(value, old), Fixed(old, old));
        if (!Value.DeepEquals(now, before))
        {
            errors.Add(FieldError.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
            return;
        }

        var (size, oldSize, capacity) = (Size(value.At("spec", "resources", "requests", "storage")), Size(old.At("spec", "resources", "requests", "storage")), Size(old.At("status", "capacity", "storage")));
        if (size < oldSize && !(size > capacity))
        {
            errors.Add(FieldError.Forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
        }
    }

    /// <summary>What of a claim must stay: the size of a bound one may change, and a volume may be named once.</summary>
    private static MapValue Fixed(MapValue value, MapValue old)
    {
        var spec = value.GetMap("spec")?.DeepClone() ?? [];
        if (old.At("spec", "volumeName") is not StringValue { Value.Length: > 0 })
        {
            spec.Remove("volumeName");
        }

        if (old.At("status", "phase") is StringValue { Value: "Bound" })
        {
            spec.Remove("volumeAttributesClassName");
            (spec.At("resources", "requests") as MapValue)?.Remove("storage");
        }

        if (old.At("spec", "storageClassName") is null or NullValue)
        {
            spec.Remove("storageClassName");
        }

        return spec;
    }

    private static Quantity? Size(Value? value) => value is not null && Quantity.TryParse(value.ToString() ?? "", out var size, out _) ? size : null;
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Classes of storage.</summary>
internal sealed class StorageClassKind : BuiltInKind
{
    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        SetDefault(value, "reclaimPolicy", "Delete");
        SetDefault(value, "volumeBindingMode", "Immediate");
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        foreach (var field in (ReadOnlySpan<string>)["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"])
        {
            if (!Value.DeepEquals(value[field], old[field]))
            {
                errors.Add(field is "parameters" or "provisioner"
                    ? FieldError.Forbidden(field, $"updates to {field} are forbidden.")
                    : FieldError.Invalid(field, value[field], "field is immutable"));
            }
        }
    }
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Leases.</summary>
internal sealed class LeaseKind : BuiltInKind
{
    public override bool HasStatus => false;

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        if (spec.GetInt("leaseDurationSeconds") is { } seconds and <= 0)
        {
            errors.Add(FieldError.Invalid("spec.leaseDurationSeconds", seconds, "must be greater than 0"));
        }

        NonNegative(spec, "leaseTransitions", "spec", errors);
    }
}

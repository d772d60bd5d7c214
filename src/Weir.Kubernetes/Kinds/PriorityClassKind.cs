using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Classes of priority.</summary>
internal sealed class PriorityClassKind : BuiltInKind
{
    private const long MaxUserValue = 1_000_000_000;

    public override bool HasGeneration => true;

    public override bool HasStatus => false;

    public override void Default(MapValue value) => SetDefault(value, "preemptionPolicy", "PreemptLowerPriority");

    public override bool IsNewGeneration(MapValue value, MapValue old) => false;

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        if (value.Name().StartsWith("system-", StringComparison.Ordinal))
        {
            if (value.Name() is not ("system-cluster-critical" or "system-node-critical"))
            {
                errors.Add(FieldError.Forbidden("metadata.name", "priority class names with 'system-' prefix are reserved for system use only. error: "
                    + $"{value.Name()} is not a known system priority class"));
            }
        }
        else if (value.GetInt("value") > MaxUserValue)
        {
            errors.Add(FieldError.Forbidden("value", $"maximum allowed value of a user defined priority is {MaxUserValue}"));
        }

        PodValidation.Supported(value, "preemptionPolicy", "", ["Never", "PreemptLowerPriority"], errors);
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        foreach (var field in (ReadOnlySpan<string>)["value", "preemptionPolicy"])
        {
            if (!Value.DeepEquals(value[field], old[field]))
            {
                errors.Add(field == "value"
                    ? FieldError.Forbidden("value", "may not be changed in an update.")
                    : FieldError.Invalid(field, value[field], "field is immutable"));
            }
        }
    }
}

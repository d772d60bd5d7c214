using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Budgets of disruptions.</summary>
internal sealed class DisruptionBudgetKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        if (spec.ContainsKey("minAvailable") && spec.ContainsKey("maxUnavailable"))
        {
            errors.Add(FieldError.Invalid("spec", new MapValue
            {
                ["MinAvailable"] = spec["minAvailable"]!,
                ["Selector"] = spec["selector"] ?? NullValue.Instance,
                ["MaxUnavailable"] = spec["maxUnavailable"]!,
                ["UnhealthyPodEvictionPolicy"] = spec["unhealthyPodEvictionPolicy"] ?? NullValue.Instance,
            }, "minAvailable and maxUnavailable cannot be both set"));
        }

        Amount(spec["minAvailable"], "spec.minAvailable", errors);
        Amount(spec["maxUnavailable"], "spec.maxUnavailable", errors);
        SelectorValidation.Check(spec.GetMap("selector"), "spec.selector", errors);
        PodValidation.Supported(spec, "unhealthyPodEvictionPolicy", "spec", ["AlwaysAllow", "IfHealthyBudget"], errors);
    }

    /// <summary>A number that is not negative, or a percentage of at most 100.</summary>
    internal static void Amount(Value? value, string path, ICollection<FieldError> errors)
    {
        switch (value)
        {
            case IntValue { Value: < 0 } number:
                errors.Add(FieldError.Invalid(path, number, "must be greater than or equal to 0"));
                break;
            case StringValue { Value: var text }:
                var digits = text.EndsWith('%') ? text[..^1] : "";
                if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9') || digits.Length > 9)
                {
                    errors.Add(FieldError.Invalid(path, text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"));
                }
                else if (int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) > 100)
                {
                    errors.Add(FieldError.Invalid(path, text, "must not be greater than 100%"));
                }

                break;
        }
    }
}

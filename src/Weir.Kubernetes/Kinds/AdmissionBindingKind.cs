using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Bindings of admission policies.</summary>
internal sealed class AdmissionBindingKind(bool isValidating) : BuiltInKind
{
    public override bool HasGeneration => true;

    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        if (value.GetOrAddMap("spec").GetMap("matchResources") is { } match)
        {
            AdmissionPolicyKind.DefaultMatch(match);
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        if (spec.GetString("policyName") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("spec.policyName"));
        }

        AdmissionPolicyKind.ParamRef(spec.GetMap("paramRef"), errors);
        if (spec.GetMap("matchResources") is { } match)
        {
            AdmissionPolicyKind.ValidateMatch(match, "spec.matchResources", needsRules: false, errors);
        }

        if (isValidating)
        {
            Actions(spec.GetList("validationActions") ?? [], errors);
        }
    }

    private static void Actions(ListValue actions, ICollection<FieldError> errors)
    {
        if (actions.Count == 0)
        {
            errors.Add(FieldError.Required("spec.validationActions", "at least one validation action is required"));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < actions.Count; i++)
        {
            var action = (actions[i] as StringValue)?.Value ?? "";
            if (action is not ("Audit" or "Deny" or "Warn"))
            {
                errors.Add(FieldError.NotSupported($"spec.validationActions[{i}]", action, ["Audit", "Deny", "Warn"]));
            }

            if (!seen.Add(action))
            {
                errors.Add(FieldError.Duplicate($"spec.validationActions[{i}]", action));
            }
        }

        if (seen.Contains("Deny") && seen.Contains("Warn"))
        {
            errors.Add(FieldError.Invalid("spec.validationActions", actions,
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)"));
        }
    }
}

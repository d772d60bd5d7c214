using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Admission policies, validating and mutating.</summary>
internal sealed class AdmissionPolicyKind(bool isValidating) : BuiltInKind
{
    private static readonly string[] Reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"];

    public override bool HasGeneration => true;

    public override bool HasStatus => isValidating;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "failurePolicy", "Fail");
        if (spec.GetMap("matchConstraints") is { } constraints)
        {
            DefaultMatch(constraints);
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        if (spec.GetString("failurePolicy") is { } policy && policy is not ("Fail" or "Ignore"))
        {
            errors.Add(FieldError.NotSupported("spec.failurePolicy", policy, ["Fail", "Ignore"]));
        }

        if (spec.GetMap("paramKind") is { } kind)
        {
            foreach (var key in (ReadOnlySpan<string>)["apiVersion", "kind"])
            {
                if (kind.GetString(key) is not { Length: > 0 })
                {
                    errors.Add(FieldError.Required($"spec.paramKind.{key}"));
                }
            }
        }

        if (spec.GetMap("matchConstraints") is not { } constraints)
        {
            errors.Add(FieldError.Required("spec.matchConstraints"));
        }
        else
        {
            ValidateMatch(constraints, "spec.matchConstraints", needsRules: true, errors);
        }

        if (isValidating)
        {
            Validations(spec, errors);
        }
        else
        {
            Mutations(spec, errors);
        }

        PolicyExpressions.Check(value, errors);
    }

    internal static void DefaultMatch(MapValue match)
    {
        SetDefault(match, "matchPolicy", "Equivalent");
        SetDefault(match, "namespaceSelector", new MapValue());
        SetDefault(match, "objectSelector", new MapValue());
        foreach (var list in (ReadOnlySpan<string>)["resourceRules", "excludeResourceRules"])
        {
            foreach (var rule in match.GetList(list) ?? [])
            {
                SetDefault((MapValue)rule, "scope", "*");
            }
        }
    }

    internal static void ValidateMatch(MapValue match, string path, bool needsRules, ICollection<FieldError> errors)
    {
        PodValidation.Supported(match, "matchPolicy", path, ["Equivalent", "Exact"], errors);
        SelectorValidation.Check(match.GetMap("namespaceSelector"), $"{path}.namespaceSelector", errors);
        SelectorValidation.Check(match.GetMap("objectSelector"), $"{path}.objectSelector", errors);
        var rules = match.GetList("resourceRules") ?? [];
        if (needsRules && rules.Count == 0)
        {
            errors.Add(FieldError.Required($"{path}.resourceRules"));
        }

        foreach (var list in (ReadOnlySpan<string>)["resourceRules", "excludeResourceRules"])
        {
            var items = match.GetList(list) ?? [];
            for (var i = 0; i < items.Count; i++)
            {
                WebhookRules.Check(items[i] as MapValue ?? [], string.Create(CultureInfo.InvariantCulture, $"{path}.{list}[{i}]"), errors);
            }
        }
    }

    internal static void ParamRef(MapValue? reference, ICollection<FieldError> errors)
    {
        if (reference is null)
        {
            return;
        }

        var (hasName, hasSelector) = (reference.GetString("name") is { Length: > 0 }, reference.ContainsKey("selector"));
        if (hasName && hasSelector)
        {
            errors.Add(FieldError.Forbidden("spec.paramRef.name", "name and selector are mutually exclusive"));
        }
        else if (!hasName && !hasSelector)
        {
            errors.Add(FieldError.Required("spec.paramRef", "one of name or selector must be specified"));
        }

        if (reference.GetString("parameterNotFoundAction") is not { Length: > 0 } action)
        {
            errors.Add(FieldError.Required("spec.paramRef.parameterNotFoundAction"));
        }
        else if (action is not ("Allow" or "Deny"))
        {
            errors.Add(FieldError.NotSupported("spec.paramRef.parameterNotFoundAction", action, ["Deny", "Allow"]));
        }
    }

    private static void Validations(MapValue spec, ICollection<FieldError> errors)
    {
        var (validations, annotations) = (spec.GetList("validations") ?? [], spec.GetList("auditAnnotations") ?? []);
        if (validations.Count + annotations.Count == 0)
        {
            const string why = "validations or auditAnnotations must contain at least one item";
            errors.Add(FieldError.Required("spec.validations", why));
            errors.Add(FieldError.Required("spec.auditAnnotations", why));
        }

        for (var i = 0; i < validations.Count; i++)
        {
            var validation = validations[i] as MapValue ?? [];
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.validations[{i}]");
            if ((validation.GetString("expression") ?? "").Trim().Length == 0)
            {
                errors.Add(FieldError.Required($"{path}.expression", "expression is not specified"));
            }

            if (validation.GetString("reason") is { Length: > 0 } reason && !Reasons.Contains(reason))
            {
                errors.Add(FieldError.NotSupported($"{path}.reason", reason, Reasons));
            }

            if (validation.GetString("message") is { Length: > 0 } message)
            {
                if (message.Trim().Length == 0)
                {
                    errors.Add(FieldError.Invalid($"{path}.message", message, "message must be non-empty if specified"));
                }
                else if (message.Contains('\n', StringComparison.Ordinal))
                {
                    errors.Add(FieldError.Invalid($"{path}.message", message, "must not contain line breaks"));
                }
            }
        }
    }

    private static void Mutations(MapValue spec, ICollection<FieldError> errors)
    {
        if (spec.GetList("mutations") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required("spec.mutations", "mutations must contain at least one item"));
        }

        if (spec.GetString("reinvocationPolicy") is not { Length: > 0 } policy)
        {
            errors.Add(FieldError.Required("spec.reinvocationPolicy"));
        }
        else if (policy is not ("Never" or "IfNeeded"))
        {
            errors.Add(FieldError.NotSupported("spec.reinvocationPolicy", policy, ["IfNeeded", "Never"]));
        }
    }
}

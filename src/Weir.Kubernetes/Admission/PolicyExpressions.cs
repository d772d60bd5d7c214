using System.Globalization;
using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What must be right in the expressions of an admission policy when it is written.</summary>
internal static class PolicyExpressions
{
    private const int MaxConditions = 64;
    private const int MaxAnnotations = 20;
    private const int MaxAnnotationLength = 5 * 1024;

    /// <summary>Checks every expression of a policy of either kind. Expressions that are missing are told elsewhere.</summary>
    public static void Check(MapValue value, ICollection<FieldError> errors)
    {
        var policy = AdmissionPolicy.Read(value);
        var spec = value.GetMap("spec") ?? [];
        Conditions(policy.Conditions, Items(spec, "matchConditions"), "spec.matchConditions", errors);
        Variables(policy, Items(spec, "variables"), errors);
        var validations = Items(spec, "validations");
        for (var i = 0; i < validations.Count; i++)
        {
            var path = At("validations", i);
            Wrong(policy.Validations[i].Rule, path + ".expression", errors);
            var text = validations[i].GetString("messageExpression") ?? "";
            if (text.Length > 0 && text.Trim().Length == 0)
            {
                errors.Add(FieldError.Invalid(path + ".messageExpression", text, "must be non-empty if specified"));
            }
            else if (policy.Validations[i].MessageRule is { } rule)
            {
                Wrong(rule, path + ".messageExpression", errors);
            }
        }

        Annotations(policy, Items(spec, "auditAnnotations"), errors);
        var mutations = Items(spec, "mutations");
        for (var i = 0; i < mutations.Count; i++)
        {
            Mutation(policy.Mutations[i], mutations[i], At("mutations", i), errors);
        }
    }

    /// <summary>Checks the <c>matchConditions</c> of a webhook.</summary>
    public static void CheckConditions(MapValue webhook, string path, ICollection<FieldError> errors)
    {
        var conditions = Items(webhook, "matchConditions");
        if (conditions.Count > 0)
        {
            var environment = PolicyEnvironment.Of(hasParameters: false, hasAuthorizer: true, isMutation: false, new Dictionary<string, CelType>());
            Conditions([.. conditions.Select(c => PolicyExpression.Compile(c.GetString("expression") ?? "", environment, CelType.Bool))],
                conditions, path + ".matchConditions", errors);
        }
    }

    private static void Conditions(IReadOnlyList<PolicyExpression> compiled, List<MapValue> conditions, string list, ICollection<FieldError> errors)
    {
        if (conditions.Count > MaxConditions)
        {
            errors.Add(FieldError.TooMany(list, conditions.Count, MaxConditions));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]");
            if (compiled[i].Text.Trim().Length == 0)
            {
                errors.Add(FieldError.Required(path + ".expression"));
            }
            else
            {
                Wrong(compiled[i], path + ".expression", errors);
            }

            var name = conditions[i].GetString("name") ?? "";
            if (name.Length == 0)
            {
                errors.Add(FieldError.Required(path + ".name"));
            }
            else if (KubernetesNames.CheckLabelKey(name) is { Count: > 0 } problems)
            {
                foreach (var problem in problems)
                {
                    errors.Add(FieldError.Invalid(path + ".name", name, problem));
                }
            }
            else if (!names.Add(name))
            {
                errors.Add(FieldError.Duplicate(path + ".name", name));
            }
        }
    }

    private static void Variables(AdmissionPolicy policy, List<MapValue> variables, ICollection<FieldError> errors)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var path = At("variables", i);
            var (name, expression) = policy.Variables[i];
            if (string.IsNullOrWhiteSpace(name))
            {
                errors.Add(FieldError.Required(path + ".name", "name is not specified"));
            }
            else if (!IsIdentifier(name))
            {
                errors.Add(FieldError.Invalid(path + ".name", name, "name is not a valid CEL identifier"));
            }

            if (string.IsNullOrWhiteSpace(expression.Text))
            {
                errors.Add(FieldError.Required(path + ".expression", "expression is not specified"));
            }
            else
            {
                Wrong(expression, path + ".expression", errors);
            }
        }
    }

    private static void Annotations(AdmissionPolicy policy, List<MapValue> annotations, ICollection<FieldError> errors)
    {
        if (annotations.Count > MaxAnnotations)
        {
            errors.Add(FieldError.Invalid("spec.auditAnnotations", new ListValue(annotations), $"must not have more than {MaxAnnotations} auditAnnotations"));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < annotations.Count; i++)
        {
            var path = At("auditAnnotations", i);
            var (key, expression) = policy.Annotations[i];
            if (KubernetesNames.CheckLabelKey(policy.Name.Length > 0 ? $"{policy.Name}/{key}" : key) is { Count: > 0 } problems)
            {
                errors.Add(FieldError.Invalid(path + ".key", key, string.Join("; ", problems)));
            }

            if (string.IsNullOrWhiteSpace(expression.Text))
            {
                errors.Add(FieldError.Required(path + ".valueExpression", "valueExpression is not specified"));
            }
            else if (expression.Text.Length > MaxAnnotationLength)
            {
                errors.Add(FieldError.Required(path + ".valueExpression", $"must not exceed {MaxAnnotationLength} bytes in length"));
            }
            else
            {
                Wrong(expression, path + ".valueExpression", errors);
            }

            if (!keys.Add(key))
            {
                errors.Add(FieldError.Duplicate(path + ".key", key));
            }
        }
    }

    private static void Mutation(PolicyMutation mutation, MapValue value, string path, ICollection<FieldError> errors)
    {
        var (used, other) = mutation.IsJsonPatch ? ("jsonPatch", "applyConfiguration") : ("applyConfiguration", "jsonPatch");
        switch (value.GetString("patchType"))
        {
            case null or "":
                errors.Add(FieldError.Required(path + ".patchType"));
                return;
            case not ("JSONPatch" or "ApplyConfiguration"):
                errors.Add(FieldError.NotSupported(path + ".patchType", value["patchType"], ["ApplyConfiguration", "JSONPatch"]));
                return;
        }

        if (value.GetMap(used) is null)
        {
            errors.Add(FieldError.Required($"{path}.{used}", $"must be specified when patchType is {value.GetString("patchType")}"));
        }
        else if (mutation.Expression.Text.Trim().Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.{used}.expression", "expression is not specified"));
        }
        else
        {
            Wrong(mutation.Expression, $"{path}.{used}.expression", errors);
        }

        if (value.GetMap(other) is { } unused)
        {
            errors.Add(FieldError.Invalid($"{path}.{other}", unused, $"must not be specified when patchType is {value.GetString("patchType")}"));
        }
    }

    private static void Wrong(PolicyExpression expression, string path, ICollection<FieldError> errors)
    {
        if (expression.Error.Length > 0 && expression.Text.Trim().Length > 0)
        {
            errors.Add(FieldError.Invalid(path, expression.Text, expression.Error));
        }
    }

    private static bool IsIdentifier(string name)
    {
        if (char.IsAsciiDigit(name[0]))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return FieldNames.Escape(name) == name;
    }

    private static List<MapValue> Items(MapValue spec, string key) => [.. (spec.GetList(key) ?? []).OfType<MapValue>()];

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"spec.{list}[{index}]");
}

using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What must be right in the label selectors of objects.</summary>
internal static class SelectorValidation
{
    public static void Check(MapValue? selector, string path, ICollection<FieldError> errors)
    {
        foreach (var (key, item) in selector?.GetMap("matchLabels") ?? [])
        {
            foreach (var problem in KubernetesNames.CheckLabelKey(key))
            {
                errors.Add(FieldError.Invalid($"{path}.matchLabels", key, problem));
            }

            var value = (item as StringValue)?.Value ?? "";
            foreach (var problem in KubernetesNames.CheckLabelValue(value))
            {
                errors.Add(FieldError.Invalid($"{path}.matchLabels[{key}]", value, problem));
            }
        }

        var expressions = selector?.GetList("matchExpressions") ?? [];
        for (var i = 0; i < expressions.Count; i++)
        {
            Expression(expressions[i] as MapValue ?? [], string.Create(CultureInfo.InvariantCulture, $"{path}.matchExpressions[{i}]"), errors);
        }
    }

    private static void Expression(MapValue expression, string path, ICollection<FieldError> errors)
    {
        var values = expression.GetList("values") ?? [];
        switch (expression.GetString("operator"))
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                {
                    errors.Add(FieldError.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'"));
                }

                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                {
                    errors.Add(FieldError.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
                }

                break;
            case var other:
                errors.Add(FieldError.Invalid($"{path}.operator", other ?? "", "not a valid selector operator"));
                break;
        }

        var key = expression.GetString("key") ?? "";
        foreach (var problem in KubernetesNames.CheckLabelKey(key))
        {
            errors.Add(FieldError.Invalid($"{path}.key", key, problem));
        }

        for (var i = 0; i < values.Count; i++)
        {
            var value = (values[i] as StringValue)?.Value ?? "";
            foreach (var problem in KubernetesNames.CheckLabelValue(value))
            {
                errors.Add(FieldError.Invalid(string.Create(CultureInfo.InvariantCulture, $"{path}.values[{i}]"), value, problem));
            }
        }
    }
}

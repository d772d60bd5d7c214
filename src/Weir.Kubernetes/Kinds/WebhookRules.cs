using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The rules that say which requests a webhook or policy is about.</summary>
internal static class WebhookRules
{
    public static void Check(MapValue rule, string path, ICollection<FieldError> errors)
    {
        foreach (var key in (ReadOnlySpan<string>)["operations", "apiGroups", "apiVersions", "resources"])
        {
            var list = rule.GetList(key) ?? [];
            if (list.Count == 0)
            {
                errors.Add(FieldError.Required($"{path}.{key}"));
            }
            else if (list.Count > 1 && list.Contains(new StringValue("*")) && key != "resources")
            {
                errors.Add(FieldError.Invalid($"{path}.{key}", list, "if '*' is present, must not specify other " + key switch
                {
                    "operations" => "operations",
                    "apiGroups" => "API groups",
                    _ => "API versions",
                }));
            }

            for (var i = 0; i < list.Count; i++)
            {
                var text = (list[i] as StringValue)?.Value ?? "";
                var place = string.Create(CultureInfo.InvariantCulture, $"{path}.{key}[{i}]");
                if (key == "operations" && text is not ("*" or "CONNECT" or "CREATE" or "DELETE" or "UPDATE"))
                {
                    errors.Add(FieldError.NotSupported(place, text, ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]));
                }
                else if (key is "apiVersions" or "resources" && text.Length == 0)
                {
                    errors.Add(FieldError.Required(place));
                }
            }
        }

        PodValidation.Supported(rule, "scope", path, ["*", "Cluster", "Namespaced"], errors);
    }
}

using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Webhook configurations, validating and mutating.</summary>
internal sealed class WebhookConfigurationKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override bool HasStatus => false;

    public override bool IsNewGeneration(MapValue value, MapValue old) => !Value.DeepEquals(value["webhooks"], old["webhooks"]);

    public override void Default(MapValue value)
    {
        foreach (var item in value.GetList("webhooks") ?? [])
        {
            if (item is not MapValue webhook)
            {
                continue;
            }

            SetDefault(webhook, "failurePolicy", "Fail");
            SetDefault(webhook, "matchPolicy", "Equivalent");
            SetDefault(webhook, "namespaceSelector", new MapValue());
            SetDefault(webhook, "objectSelector", new MapValue());
            SetDefault(webhook, "timeoutSeconds", 10);
            if (value.GetString("kind") == "MutatingWebhookConfiguration")
            {
                SetDefault(webhook, "reinvocationPolicy", "Never");
            }

            if (webhook.At("clientConfig", "service") is MapValue service)
            {
                SetDefault(service, "port", 443);
            }

            foreach (var rule in webhook.GetList("rules") ?? [])
            {
                SetDefault((MapValue)rule, "scope", "*");
            }
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var isMutating = value.GetString("kind") == "MutatingWebhookConfiguration";
        var webhooks = value.GetList("webhooks") ?? [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < webhooks.Count; i++)
        {
            var webhook = webhooks[i] as MapValue ?? [];
            var path = string.Create(CultureInfo.InvariantCulture, $"webhooks[{i}]");
            Webhook(webhook, path, isMutating, errors);
            if (!names.Add(webhook.GetString("name") ?? ""))
            {
                errors.Add(FieldError.Duplicate($"{path}.name", webhook.GetString("name") ?? ""));
            }
        }
    }

    private static void Webhook(MapValue webhook, string path, bool isMutating, ICollection<FieldError> errors)
    {
        var name = webhook.GetString("name") ?? "";
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.name"));
        }
        else if (KubernetesNames.CheckSubdomain(name) is { Count: > 0 } problems)
        {
            errors.Add(FieldError.Invalid($"{path}.name", name, string.Join(",", problems)));
        }
        else if (name.Split('.').Length < 3)
        {
            errors.Add(FieldError.Invalid($"{path}.name", name, "should be a domain with at least three segments separated by dots"));
        }

        var rules = webhook.GetList("rules") ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            WebhookRules.Check(rules[i] as MapValue ?? [], string.Create(CultureInfo.InvariantCulture, $"{path}.rules[{i}]"), errors);
        }

        PodValidation.Supported(webhook, "failurePolicy", path, ["Fail", "Ignore"], errors);
        PodValidation.Supported(webhook, "matchPolicy", path, ["Equivalent", "Exact"], errors);
        if (webhook.GetString("sideEffects") is { Length: > 0 } effects)
        {
            PodValidation.Supported(webhook, "sideEffects", path, ["None", "NoneOnDryRun"], errors);
        }
        else
        {
            errors.Add(FieldError.Required($"{path}.sideEffects", "must specify one of None, NoneOnDryRun"));
        }

        if (webhook.GetInt("timeoutSeconds") is { } seconds and (< 1 or > 30))
        {
            errors.Add(FieldError.Invalid($"{path}.timeoutSeconds", seconds, "the timeout value must be between 1 and 30 seconds"));
        }

        if (isMutating)
        {
            PodValidation.Supported(webhook, "reinvocationPolicy", path, ["IfNeeded", "Never"], errors);
        }

        SelectorValidation.Check(webhook.GetMap("namespaceSelector"), $"{path}.namespaceSelector", errors);
        SelectorValidation.Check(webhook.GetMap("objectSelector"), $"{path}.objectSelector", errors);
        Client(webhook.GetMap("clientConfig") ?? [], $"{path}.clientConfig", errors);
        PolicyExpressions.CheckConditions(webhook, path, errors);
        Versions(webhook.GetList("admissionReviewVersions") ?? [], $"{path}.admissionReviewVersions", errors);
    }

    private static void Client(MapValue client, string path, ICollection<FieldError> errors)
    {
        var (url, service) = (client.GetString("url"), client.GetMap("service"));
        if (url is null == service is null)
        {
            errors.Add(FieldError.Required(path, "exactly one of url or service is required"));
        }

        if (url is not null)
        {
            const string form = "; desired format: https://host[/path]";
            if (!Uri.TryCreate(url, UriKind.RelativeOrAbsolute, out var parsed))
            {
                errors.Add(FieldError.Required($"{path}.url", "url must be a valid URL" + form));
            }
            else if (!parsed.IsAbsoluteUri || parsed.Scheme != "https")
            {
                errors.Add(FieldError.Invalid($"{path}.url", parsed.IsAbsoluteUri ? parsed.Scheme : "", "'https' is the only allowed URL scheme" + form));
            }
            else if (parsed.UserInfo.Length > 0)
            {
                errors.Add(FieldError.Invalid($"{path}.url", url, "user information is not permitted in the URL"));
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["name", "namespace"])
        {
            if (service is not null && service.GetString(key) is not { Length: > 0 })
            {
                errors.Add(FieldError.Required($"{path}.service.{key}", $"service {key} is required"));
            }
        }

        if (service?.GetInt("port") is { } port and (< 1 or > 65535))
        {
            errors.Add(FieldError.Invalid($"{path}.service.port", port, "port is not valid: must be between 1 and 65535, inclusive"));
        }
    }

    private static void Versions(ListValue versions, string path, ICollection<FieldError> errors)
    {
        if (versions.Count == 0)
        {
            errors.Add(FieldError.Required(path, "must specify one of v1, v1beta1"));
        }
        else if (!versions.Any(static v => v is StringValue { Value: "v1" or "v1beta1" }))
        {
            errors.Add(FieldError.Invalid(path, versions, "must include at least one of v1, v1beta1"));
        }
    }
}

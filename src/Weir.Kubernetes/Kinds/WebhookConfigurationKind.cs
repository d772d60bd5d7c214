using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Webhook configurations, validating and mutating.</summary>
internal sealed class WebhookConfigurationKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override bool HasStatus => false;

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
}

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>One admission webhook of a configuration, its selectors and conditions compiled.</summary>
internal sealed class Webhook
{
    private Webhook(MapValue value, bool isMutating)
    {
        // Without rules a webhook sees nothing, where a policy would see all.
        var matching = value.ShallowClone();
        matching["resourceRules"] = value.GetList("rules")!;
        Matching = new AdmissionMatching(matching);
        IsMutating = isMutating;
        Name = value.GetString("name") ?? "";
        IsIgnoringFailures = value.GetString("failurePolicy") == "Ignore";
        Timeout = TimeSpan.FromSeconds(Math.Clamp(value.GetInt("timeoutSeconds") ?? 10, 1, 30));
        IsReinvoked = value.GetString("reinvocationPolicy") == "IfNeeded";
        MayRunDry = value.GetString("sideEffects") is "None" or "NoneOnDryRun";
        ReviewVersion = (value.GetList("admissionReviewVersions") ?? []).OfType<StringValue>().Select(v => v.Value).FirstOrDefault(v => v is "v1" or "v1beta1") ?? "";
        Client = value.GetMap("clientConfig") ?? [];
        Conditions = WebhookConditions.Read(value);
    }

    public string Name { get; }

    public bool IsMutating { get; }

    /// <summary>A webhook that cannot be called is passed over.</summary>
    public bool IsIgnoringFailures { get; }

    public TimeSpan Timeout { get; }

    /// <summary>Runs again when something changed the object after it.</summary>
    public bool IsReinvoked { get; }

    public bool MayRunDry { get; }

    /// <summary>The version of AdmissionReview it is sent; empty when it reads none that we write.</summary>
    public string ReviewVersion { get; }

    /// <summary>Where it is: <c>url</c> or <c>service</c>, and <c>caBundle</c>.</summary>
    public MapValue Client { get; }

    public AdmissionMatching Matching { get; }

    public WebhookConditions Conditions { get; }

    /// <summary>The webhooks of a configuration that see anything.</summary>
    public static IReadOnlyList<Webhook> Read(MapValue configuration)
    {
        var isMutating = configuration.GetString("kind") == "MutatingWebhookConfiguration";
        return [.. (configuration.GetList("webhooks") ?? []).OfType<MapValue>()
            .Where(static w => w.GetList("rules") is { Count: > 0 })
            .Select(w => new Webhook(w, isMutating))];
    }
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The <c>matchConditions</c> of an admission webhook, compiled.</summary>
public sealed class WebhookConditions
{
    private readonly AdmissionPolicy _conditions;

    private WebhookConditions(AdmissionPolicy conditions) => _conditions = conditions;

    /// <summary>Reads the conditions of one webhook; one without any matches everything.</summary>
    public static WebhookConditions Read(MapValue webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var spec = new MapValue { ["failurePolicy"] = webhook.GetString("failurePolicy") ?? "Fail" };
        if (webhook.GetList("matchConditions") is { } conditions)
        {
            spec["matchConditions"] = conditions;
        }

        return new(AdmissionPolicy.Read(new MapValue { ["spec"] = spec }));
    }

    /// <summary>Whether all hold; <see langword="null"/> with the error when that cannot be said and the request is to be refused.</summary>
    public bool? Match(AdmissionRequest request, AdmissionWorld world, CancellationToken cancellation, out string error)
    {
        error = "";
        return _conditions.Conditions.Count == 0 ? true : new PolicyRun(_conditions, request, null, null, world, cancellation).MatchesConditions(out error);
    }
}

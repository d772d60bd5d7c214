using Weir.Values;

namespace Weir.Flux;

/// <summary>How a Receiver stands.</summary>
public sealed record ReceiverStatus
{
    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The path the webhook is called at.</summary>
    public string? WebhookPath { get; init; }

    internal static ReceiverStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        WebhookPath = f.String("webhookPath", "The path the webhook is called at."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedGeneration", ObservedGeneration)
        .Add("webhookPath", WebhookPath)
        .Map;
}

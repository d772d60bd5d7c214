using Weir.Values;

namespace Weir.Flux;

/// <summary>How a ImagePolicy stands.</summary>
public sealed record ImagePolicyStatus
{
    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The image chosen.</summary>
    public ImageReference? LatestRef { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The image chosen before.</summary>
    public ImageReference? ObservedPreviousRef { get; init; }

    internal static ImagePolicyStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        LatestRef = f.Object("latestRef", "The image chosen.", ImageReference.ReadFields),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedPreviousRef = f.Object("observedPreviousRef", "The image chosen before.", ImageReference.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("latestRef", LatestRef?.WriteFields())
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedPreviousRef", ObservedPreviousRef?.WriteFields())
        .Map;
}

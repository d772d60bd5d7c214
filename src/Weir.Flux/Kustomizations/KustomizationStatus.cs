using Weir.Values;

namespace Weir.Flux;

/// <summary>How a Kustomization stands.</summary>
public sealed record KustomizationStatus
{
    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>What was reconciled before, newest first.</summary>
    public FieldList<ReconciliationSnapshot>? History { get; init; }

    /// <summary>The objects that are managed.</summary>
    public ResourceInventory? Inventory { get; init; }

    /// <summary>Where the last applied revision came from, as the artifact says.</summary>
    public string? LastAppliedOriginRevision { get; init; }

    /// <summary>The revision that was last applied with success.</summary>
    public string? LastAppliedRevision { get; init; }

    /// <summary>The revision last tried.</summary>
    public string? LastAttemptedRevision { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    internal static KustomizationStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        History = f.Objects("history", "What was reconciled before, newest first.", ReconciliationSnapshot.ReadFields),
        Inventory = f.Object("inventory", "The objects that are managed.", ResourceInventory.ReadFields),
        LastAppliedOriginRevision = f.String("lastAppliedOriginRevision", "Where the last applied revision came from, as the artifact says."),
        LastAppliedRevision = f.String("lastAppliedRevision", "The revision that was last applied with success."),
        LastAttemptedRevision = f.String("lastAttemptedRevision", "The revision last tried."),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("history", History, static x => x.WriteFields())
        .Add("inventory", Inventory?.WriteFields())
        .Add("lastAppliedOriginRevision", LastAppliedOriginRevision)
        .Add("lastAppliedRevision", LastAppliedRevision)
        .Add("lastAttemptedRevision", LastAttemptedRevision)
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedGeneration", ObservedGeneration)
        .Map;
}

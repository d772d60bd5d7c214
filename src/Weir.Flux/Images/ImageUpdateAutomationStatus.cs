using Weir.Values;

namespace Weir.Flux;

/// <summary>How a ImageUpdateAutomation stands.</summary>
public sealed record ImageUpdateAutomationStatus
{
    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>When the automation last ran.</summary>
    public DateTimeOffset? LastAutomationRunTime { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The commit last pushed.</summary>
    public string? LastPushCommit { get; init; }

    /// <summary>When it was pushed.</summary>
    public DateTimeOffset? LastPushTime { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The images last written, by policy.</summary>
    public FieldMap<ImageReference>? ObservedPolicies { get; init; }

    /// <summary>The revision of the source last seen.</summary>
    public string? ObservedSourceRevision { get; init; }

    internal static ImageUpdateAutomationStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastAutomationRunTime = f.Time("lastAutomationRunTime", "When the automation last ran."),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        LastPushCommit = f.String("lastPushCommit", "The commit last pushed."),
        LastPushTime = f.Time("lastPushTime", "When it was pushed."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedPolicies = f.ObjectMap("observedPolicies", "The images last written, by policy.", ImageReference.ReadFields),
        ObservedSourceRevision = f.String("observedSourceRevision", "The revision of the source last seen."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastAutomationRunTime", LastAutomationRunTime)
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("lastPushCommit", LastPushCommit)
        .Add("lastPushTime", LastPushTime)
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedPolicies", ObservedPolicies, static x => x.WriteFields())
        .Add("observedSourceRevision", ObservedSourceRevision)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>How a OCIRepository stands.</summary>
public sealed record OciRepositoryStatus
{
    /// <summary>What the last successful reconciliation stored.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The ignore patterns of the artifact.</summary>
    public string? ObservedIgnore { get; init; }

    /// <summary>The layer selector of the artifact.</summary>
    public LayerSelector? ObservedLayerSelector { get; init; }

    /// <summary>The address of the latest artifact.</summary>
    public string? Url { get; init; }

    internal static OciRepositoryStatus ReadFields(FieldReader f) => new()
    {
        Artifact = f.Object("artifact", "What the last successful reconciliation stored.", Artifact.ReadFields),
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedIgnore = f.String("observedIgnore", "The ignore patterns of the artifact."),
        ObservedLayerSelector = f.Object("observedLayerSelector", "The layer selector of the artifact.", LayerSelector.ReadFields),
        Url = f.String("url", "The address of the latest artifact."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("artifact", Artifact?.WriteFields())
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedIgnore", ObservedIgnore)
        .Add("observedLayerSelector", ObservedLayerSelector?.WriteFields())
        .Add("url", Url)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>How a ArtifactGenerator stands.</summary>
public sealed record ArtifactGeneratorStatus
{
    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The objects that are managed.</summary>
    public FieldList<GeneratedArtifact>? Inventory { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The checksum of the sources last seen.</summary>
    public string? ObservedSourcesDigest { get; init; }

    internal static ArtifactGeneratorStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        Inventory = f.Objects("inventory", "The objects that are managed.", GeneratedArtifact.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedSourcesDigest = f.String("observedSourcesDigest", "The checksum of the sources last seen."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("inventory", Inventory, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedSourcesDigest", ObservedSourcesDigest)
        .Map;
}

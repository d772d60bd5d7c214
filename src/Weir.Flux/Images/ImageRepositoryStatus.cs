using Weir.Values;

namespace Weir.Flux;

/// <summary>How a ImageRepository stands.</summary>
public sealed record ImageRepositoryStatus
{
    /// <summary>The full name of the image.</summary>
    public string? CanonicalImageName { get; init; }

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>What the last scan found.</summary>
    public ImageRepositoryLastScanResult? LastScanResult { get; init; }

    /// <summary>The exclusions of the last scan.</summary>
    public FieldList<string>? ObservedExclusionList { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    internal static ImageRepositoryStatus ReadFields(FieldReader f) => new()
    {
        CanonicalImageName = f.String("canonicalImageName", "The full name of the image."),
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        LastScanResult = f.Object("lastScanResult", "What the last scan found.", ImageRepositoryLastScanResult.ReadFields),
        ObservedExclusionList = f.Strings("observedExclusionList", "The exclusions of the last scan."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("canonicalImageName", CanonicalImageName)
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("lastScanResult", LastScanResult?.WriteFields())
        .Add("observedExclusionList", ObservedExclusionList)
        .Add("observedGeneration", ObservedGeneration)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>What was reconciled before, newest first.</summary>
public sealed record ReconciliationSnapshot
{
    /// <summary>The checksum of what was built.</summary>
    public string Digest { get; init; } = "";

    /// <summary>When this result was first reconciled.</summary>
    public DateTimeOffset? FirstReconciled { get; init; }

    /// <summary>When it was last reconciled.</summary>
    public DateTimeOffset? LastReconciled { get; init; }

    /// <summary>How long the last reconciliation took.</summary>
    public FluxDuration? LastReconciledDuration { get; init; }

    /// <summary>How the last reconciliation ended.</summary>
    public string LastReconciledStatus { get; init; } = "";

    /// <summary>More about the snapshot, such as its revision.</summary>
    public FieldMap<string>? Metadata { get; init; }

    /// <summary>How often it was reconciled.</summary>
    public long? TotalReconciliations { get; init; }

    internal static ReconciliationSnapshot ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The checksum of what was built.", FieldRules.Required) ?? "",
        FirstReconciled = f.Time("firstReconciled", "When this result was first reconciled.", FieldRules.Required),
        LastReconciled = f.Time("lastReconciled", "When it was last reconciled.", FieldRules.Required),
        LastReconciledDuration = f.Duration("lastReconciledDuration", "How long the last reconciliation took.", FieldRules.Required),
        LastReconciledStatus = f.String("lastReconciledStatus", "How the last reconciliation ended.", FieldRules.Required) ?? "",
        Metadata = f.StringMap("metadata", "More about the snapshot, such as its revision."),
        TotalReconciliations = f.Int("totalReconciliations", "How often it was reconciled.", "int64", FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("firstReconciled", FirstReconciled)
        .Add("lastReconciled", LastReconciled)
        .Add("lastReconciledDuration", LastReconciledDuration)
        .Add("lastReconciledStatus", LastReconciledStatus)
        .Add("metadata", Metadata)
        .Add("totalReconciliations", TotalReconciliations)
        .Map;
}

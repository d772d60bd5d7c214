using Weir.Values;

namespace Weir.Flux;

/// <summary>How a HelmRelease stands.</summary>
public sealed record HelmReleaseStatus
{
    private static readonly FieldRules LastAttemptedReleaseActionRules = new() { OneOf = ["install", "upgrade"] };
    private static readonly FieldRules StorageNamespaceRules = new() { MinLength = 1, MaxLength = 63 };

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>How often reconciliation failed for what is wanted now.</summary>
    public long? Failures { get; init; }

    /// <summary>The HelmChart created for this release, as namespace/name.</summary>
    public string? HelmChart { get; init; }

    /// <summary>What was reconciled before, newest first.</summary>
    public FieldList<ReleaseSnapshot>? History { get; init; }

    /// <summary>How often installing failed for what is wanted now.</summary>
    public long? InstallFailures { get; init; }

    /// <summary>The objects that are managed.</summary>
    public ResourceInventory? Inventory { get; init; }

    /// <summary>The checksum of the values last tried.</summary>
    public string? LastAttemptedConfigDigest { get; init; }

    /// <summary>The generation last tried.</summary>
    public long? LastAttemptedGeneration { get; init; }

    /// <summary>The release action last tried.</summary>
    public string? LastAttemptedReleaseAction { get; init; }

    /// <summary>How long it took.</summary>
    public FluxDuration? LastAttemptedReleaseActionDuration { get; init; }

    /// <summary>The revision last tried.</summary>
    public string? LastAttemptedRevision { get; init; }

    /// <summary>The digest of the revision last tried.</summary>
    public string? LastAttemptedRevisionDigest { get; init; }

    /// <summary>Deprecated: use lastAttemptedConfigDigest.</summary>
    public string? LastAttemptedValuesChecksum { get; init; }

    /// <summary>The last force request acted on.</summary>
    public string? LastHandledForceAt { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The last reset request acted on.</summary>
    public string? LastHandledResetAt { get; init; }

    /// <summary>Deprecated: use history.</summary>
    public long? LastReleaseRevision { get; init; }

    /// <summary>The checksum of the common metadata last released.</summary>
    public string? ObservedCommonMetadataDigest { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The checksum of the post-renderers last released.</summary>
    public string? ObservedPostRenderersDigest { get; init; }

    /// <summary>The namespace the release is stored in.</summary>
    public string? StorageNamespace { get; init; }

    /// <summary>How often upgrading failed for what is wanted now.</summary>
    public long? UpgradeFailures { get; init; }

    internal static HelmReleaseStatus ReadFields(FieldReader f) => new()
    {
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        Failures = f.Int("failures", "How often reconciliation failed for what is wanted now.", "int64"),
        HelmChart = f.String("helmChart", "The HelmChart created for this release, as namespace/name."),
        History = f.Objects("history", "What was reconciled before, newest first.", ReleaseSnapshot.ReadFields),
        InstallFailures = f.Int("installFailures", "How often installing failed for what is wanted now.", "int64"),
        Inventory = f.Object("inventory", "The objects that are managed.", ResourceInventory.ReadFields),
        LastAttemptedConfigDigest = f.String("lastAttemptedConfigDigest", "The checksum of the values last tried."),
        LastAttemptedGeneration = f.Int("lastAttemptedGeneration", "The generation last tried.", "int64"),
        LastAttemptedReleaseAction = f.String("lastAttemptedReleaseAction", "The release action last tried.", LastAttemptedReleaseActionRules),
        LastAttemptedReleaseActionDuration = f.Duration("lastAttemptedReleaseActionDuration", "How long it took."),
        LastAttemptedRevision = f.String("lastAttemptedRevision", "The revision last tried."),
        LastAttemptedRevisionDigest = f.String("lastAttemptedRevisionDigest", "The digest of the revision last tried."),
        LastAttemptedValuesChecksum = f.String("lastAttemptedValuesChecksum", "Deprecated: use lastAttemptedConfigDigest."),
        LastHandledForceAt = f.String("lastHandledForceAt", "The last force request acted on."),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        LastHandledResetAt = f.String("lastHandledResetAt", "The last reset request acted on."),
        LastReleaseRevision = f.Int("lastReleaseRevision", "Deprecated: use history.", null),
        ObservedCommonMetadataDigest = f.String("observedCommonMetadataDigest", "The checksum of the common metadata last released."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedPostRenderersDigest = f.String("observedPostRenderersDigest", "The checksum of the post-renderers last released."),
        StorageNamespace = f.String("storageNamespace", "The namespace the release is stored in.", StorageNamespaceRules),
        UpgradeFailures = f.Int("upgradeFailures", "How often upgrading failed for what is wanted now.", "int64"),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("failures", Failures)
        .Add("helmChart", HelmChart)
        .Add("history", History, static x => x.WriteFields())
        .Add("installFailures", InstallFailures)
        .Add("inventory", Inventory?.WriteFields())
        .Add("lastAttemptedConfigDigest", LastAttemptedConfigDigest)
        .Add("lastAttemptedGeneration", LastAttemptedGeneration)
        .Add("lastAttemptedReleaseAction", LastAttemptedReleaseAction)
        .Add("lastAttemptedReleaseActionDuration", LastAttemptedReleaseActionDuration)
        .Add("lastAttemptedRevision", LastAttemptedRevision)
        .Add("lastAttemptedRevisionDigest", LastAttemptedRevisionDigest)
        .Add("lastAttemptedValuesChecksum", LastAttemptedValuesChecksum)
        .Add("lastHandledForceAt", LastHandledForceAt)
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("lastHandledResetAt", LastHandledResetAt)
        .Add("lastReleaseRevision", LastReleaseRevision)
        .Add("observedCommonMetadataDigest", ObservedCommonMetadataDigest)
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedPostRenderersDigest", ObservedPostRenderersDigest)
        .Add("storageNamespace", StorageNamespace)
        .Add("upgradeFailures", UpgradeFailures)
        .Map;
}

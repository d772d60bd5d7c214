using Weir.Values;

namespace Weir.Flux;

/// <summary>How a GitRepository stands.</summary>
public sealed record GitRepositoryStatus
{
    /// <summary>What the last successful reconciliation stored.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The artifacts that were copied in.</summary>
    public FieldList<Artifact>? IncludedArtifacts { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The ignore patterns of the artifact.</summary>
    public string? ObservedIgnore { get; init; }

    /// <summary>The inclusions of the artifact.</summary>
    public FieldList<ObservedGitInclude>? ObservedInclude { get; init; }

    /// <summary>Whether the artifact holds submodules.</summary>
    public bool? ObservedRecurseSubmodules { get; init; }

    /// <summary>The folders of the artifact.</summary>
    public FieldList<string>? ObservedSparseCheckout { get; init; }

    /// <summary>Which Git objects were verified.</summary>
    public string? SourceVerificationMode { get; init; }

    internal static GitRepositoryStatus ReadFields(FieldReader f) => new()
    {
        Artifact = f.Object("artifact", "What the last successful reconciliation stored.", Artifact.ReadFields),
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        IncludedArtifacts = f.Objects("includedArtifacts", "The artifacts that were copied in.", Artifact.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedIgnore = f.String("observedIgnore", "The ignore patterns of the artifact."),
        ObservedInclude = f.Objects("observedInclude", "The inclusions of the artifact.", ObservedGitInclude.ReadFields),
        ObservedRecurseSubmodules = f.Bool("observedRecurseSubmodules", "Whether the artifact holds submodules."),
        ObservedSparseCheckout = f.Strings("observedSparseCheckout", "The folders of the artifact."),
        SourceVerificationMode = f.String("sourceVerificationMode", "Which Git objects were verified."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("artifact", Artifact?.WriteFields())
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("includedArtifacts", IncludedArtifacts, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedIgnore", ObservedIgnore)
        .Add("observedInclude", ObservedInclude, static x => x.WriteFields())
        .Add("observedRecurseSubmodules", ObservedRecurseSubmodules)
        .Add("observedSparseCheckout", ObservedSparseCheckout)
        .Add("sourceVerificationMode", SourceVerificationMode)
        .Map;
}

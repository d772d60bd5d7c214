using Weir.Values;

namespace Weir.Flux;

/// <summary>How a ExternalArtifact stands.</summary>
public sealed record ExternalArtifactStatus
{
    /// <summary>What the last successful reconciliation stored.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    internal static ExternalArtifactStatus ReadFields(FieldReader f) => new()
    {
        Artifact = f.Object("artifact", "What the last successful reconciliation stored.", Artifact.ReadFields),
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("artifact", Artifact?.WriteFields())
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>How a HelmChart stands.</summary>
public sealed record HelmChartStatus
{
    /// <summary>What the last successful reconciliation stored.</summary>
    public Artifact? Artifact { get; init; }

    /// <summary>How the object stands.</summary>
    public FieldList<Condition>? Conditions { get; init; }

    /// <summary>The last reconcile request acted on.</summary>
    public string? LastHandledReconcileAt { get; init; }

    /// <summary>The name of the chart last resolved.</summary>
    public string? ObservedChartName { get; init; }

    /// <summary>The generation last reconciled.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The revision of the source the chart came from.</summary>
    public string? ObservedSourceArtifactRevision { get; init; }

    /// <summary>The values files of the artifact.</summary>
    public FieldList<string>? ObservedValuesFiles { get; init; }

    /// <summary>The address of the latest artifact.</summary>
    public string? Url { get; init; }

    internal static HelmChartStatus ReadFields(FieldReader f) => new()
    {
        Artifact = f.Object("artifact", "What the last successful reconciliation stored.", Artifact.ReadFields),
        Conditions = f.Objects("conditions", "How the object stands.", Condition.ReadFields),
        LastHandledReconcileAt = f.String("lastHandledReconcileAt", "The last reconcile request acted on."),
        ObservedChartName = f.String("observedChartName", "The name of the chart last resolved."),
        ObservedGeneration = f.Int("observedGeneration", "The generation last reconciled.", "int64"),
        ObservedSourceArtifactRevision = f.String("observedSourceArtifactRevision", "The revision of the source the chart came from."),
        ObservedValuesFiles = f.Strings("observedValuesFiles", "The values files of the artifact."),
        Url = f.String("url", "The address of the latest artifact."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("artifact", Artifact?.WriteFields())
        .Add("conditions", Conditions, static x => x.WriteFields())
        .Add("lastHandledReconcileAt", LastHandledReconcileAt)
        .Add("observedChartName", ObservedChartName)
        .Add("observedGeneration", ObservedGeneration)
        .Add("observedSourceArtifactRevision", ObservedSourceArtifactRevision)
        .Add("observedValuesFiles", ObservedValuesFiles)
        .Add("url", Url)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>What a HelmChart asks for.</summary>
public sealed record HelmChartSpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ReconcileStrategyRules = new() { Default = "ChartVersion", OneOf = ["ChartVersion", "Revision"] };
    private static readonly FieldRules VersionRules = new() { Default = "*" };

    /// <summary>The name of the chart in the repository, or its path in the source.</summary>
    public string Chart { get; init; } = "";

    /// <summary>Go on when a values file does not exist.</summary>
    public bool? IgnoreMissingValuesFiles { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Whether a new version or every new revision of the source makes a new artifact.</summary>
    public string? ReconcileStrategy { get; init; }

    /// <summary>The source.</summary>
    public HelmChartSourceReference? SourceRef { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Values files that replace the chart's own, the last one winning.</summary>
    public FieldList<string>? ValuesFiles { get; init; }

    /// <summary>The signatures the content must carry.</summary>
    public ChartVerification? Verify { get; init; }

    /// <summary>The version or range of versions of the chart.</summary>
    public string? Version { get; init; }

    internal static HelmChartSpec ReadFields(FieldReader f)
    {
        f.Rule("!has(self.verify) || self.sourceRef.kind == 'HelmRepository'", "spec.verify is only supported when spec.sourceRef.kind is 'HelmRepository'");
        return new()
        {
            Chart = f.String("chart", "The name of the chart in the repository, or its path in the source.", FieldRules.Required) ?? "",
            IgnoreMissingValuesFiles = f.Bool("ignoreMissingValuesFiles", "Go on when a values file does not exist."),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            ReconcileStrategy = f.String("reconcileStrategy", "Whether a new version or every new revision of the source makes a new artifact.", ReconcileStrategyRules),
            SourceRef = f.Object("sourceRef", "The source.", HelmChartSourceReference.ReadFields, FieldRules.Required),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
            ValuesFiles = f.Strings("valuesFiles", "Values files that replace the chart's own, the last one winning."),
            Verify = f.Object("verify", "The signatures the content must carry.", ChartVerification.ReadFields),
            Version = f.String("version", "The version or range of versions of the chart.", VersionRules),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("chart", Chart)
        .Add("ignoreMissingValuesFiles", IgnoreMissingValuesFiles)
        .Add("interval", Interval)
        .Add("reconcileStrategy", ReconcileStrategy)
        .Add("sourceRef", SourceRef?.WriteFields())
        .Add("suspend", Suspend)
        .Add("valuesFiles", ValuesFiles)
        .Add("verify", Verify?.WriteFields())
        .Add("version", Version)
        .Map;
}

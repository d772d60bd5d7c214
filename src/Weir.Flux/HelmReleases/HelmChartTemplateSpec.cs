using Weir.Values;

namespace Weir.Flux;

/// <summary>What the HelmChart asks for.</summary>
public sealed record HelmChartTemplateSpec
{
    private static readonly FieldRules ChartRules = new() { IsRequired = true, MinLength = 1, MaxLength = 2048 };
    private static readonly FieldRules IntervalRules = new() { Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules ReconcileStrategyRules = new() { Default = "ChartVersion", OneOf = ["ChartVersion", "Revision"] };
    private static readonly FieldRules VersionRules = new() { Default = "*" };

    /// <summary>The HelmChart to create.</summary>
    public string Chart { get; init; } = "";

    /// <summary>Go on when a values file does not exist.</summary>
    public bool? IgnoreMissingValuesFiles { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>Whether a new version or every new revision of the source makes a new artifact.</summary>
    public string? ReconcileStrategy { get; init; }

    /// <summary>The source.</summary>
    public ChartSourceReference? SourceRef { get; init; }

    /// <summary>Values files that replace the chart's own, the last one winning.</summary>
    public FieldList<string>? ValuesFiles { get; init; }

    /// <summary>The signatures the content must carry.</summary>
    public ChartTemplateVerification? Verify { get; init; }

    /// <summary>The version or range of versions of the chart.</summary>
    public string? Version { get; init; }

    internal static HelmChartTemplateSpec ReadFields(FieldReader f) => new()
    {
        Chart = f.String("chart", "The HelmChart to create.", ChartRules) ?? "",
        IgnoreMissingValuesFiles = f.Bool("ignoreMissingValuesFiles", "Go on when a values file does not exist."),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        ReconcileStrategy = f.String("reconcileStrategy", "Whether a new version or every new revision of the source makes a new artifact.", ReconcileStrategyRules),
        SourceRef = f.Object("sourceRef", "The source.", ChartSourceReference.ReadFields, FieldRules.Required),
        ValuesFiles = f.Strings("valuesFiles", "Values files that replace the chart's own, the last one winning."),
        Verify = f.Object("verify", "The signatures the content must carry.", ChartTemplateVerification.ReadFields),
        Version = f.String("version", "The version or range of versions of the chart.", VersionRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("chart", Chart)
        .Add("ignoreMissingValuesFiles", IgnoreMissingValuesFiles)
        .Add("interval", Interval)
        .Add("reconcileStrategy", ReconcileStrategy)
        .Add("sourceRef", SourceRef?.WriteFields())
        .Add("valuesFiles", ValuesFiles)
        .Add("verify", Verify?.WriteFields())
        .Add("version", Version)
        .Map;
}

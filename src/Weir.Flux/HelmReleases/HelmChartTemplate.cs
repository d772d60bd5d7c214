using Weir.Values;

namespace Weir.Flux;

/// <summary>The HelmChart to create.</summary>
public sealed record HelmChartTemplate
{
    /// <summary>Labels and annotations of the HelmChart.</summary>
    public CommonMetadata? Metadata { get; init; }

    /// <summary>What the HelmChart asks for.</summary>
    public HelmChartTemplateSpec? Spec { get; init; }

    internal static HelmChartTemplate ReadFields(FieldReader f) => new()
    {
        Metadata = f.Object("metadata", "Labels and annotations of the HelmChart.", CommonMetadata.ReadFields),
        Spec = f.Object("spec", "What the HelmChart asks for.", HelmChartTemplateSpec.ReadFields, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("metadata", Metadata?.WriteFields())
        .Add("spec", Spec?.WriteFields())
        .Map;
}

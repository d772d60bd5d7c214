using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A Helm chart fetched from a source.</summary>
public sealed record HelmChart
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "HelmChart");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "helmcharts",
        ["hc"],
        "fluxcd-sources",
        [
            new PrinterColumn("Chart", ".spec.chart"),
            new PrinterColumn("Version", ".spec.version"),
            new PrinterColumn("Source Kind", ".spec.sourceRef.kind"),
            new PrinterColumn("Source Name", ".spec.sourceRef.name"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A Helm chart fetched from a source.",
            FieldReader.Describe(HelmChartSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(HelmChartStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public HelmChartSpec Spec { get; init; } = new();

    public HelmChartStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<HelmChart> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            HelmChartSpec.ReadFields,
            HelmChartStatus.ReadFields,
            static (metadata, spec, status) => new HelmChart { Metadata = metadata, Spec = spec, Status = status });
    }

    /// <summary>The object as a plain value, without its status.</summary>
    public MapValue Write() => new()
    {
        ["apiVersion"] = Kind.ApiVersion,
        ["kind"] = Kind.Kind,
        ["metadata"] = Metadata.Write(),
        ["spec"] = Spec.WriteFields(),
    };
}

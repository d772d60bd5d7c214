using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A Helm chart released to a cluster.</summary>
public sealed record HelmRelease
{
    public static GroupVersionKind Kind { get; } = new("helm.toolkit.fluxcd.io", "v2", "HelmRelease");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "helmreleases",
        ["hr"],
        "fluxcd-appliers",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A Helm chart released to a cluster.",
            FieldReader.Describe(HelmReleaseSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(HelmReleaseStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public HelmReleaseSpec Spec { get; init; } = new();

    public HelmReleaseStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<HelmRelease> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            HelmReleaseSpec.ReadFields,
            HelmReleaseStatus.ReadFields,
            static (metadata, spec, status) => new HelmRelease { Metadata = metadata, Spec = spec, Status = status });
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

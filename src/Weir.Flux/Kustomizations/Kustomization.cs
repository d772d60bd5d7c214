using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A folder of a source, built and applied to a cluster.</summary>
public sealed record Kustomization
{
    public static GroupVersionKind Kind { get; } = new("kustomize.toolkit.fluxcd.io", "v1", "Kustomization");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "kustomizations",
        ["ks"],
        "fluxcd-appliers",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A folder of a source, built and applied to a cluster.",
            FieldReader.Describe(KustomizationSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(KustomizationStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public KustomizationSpec Spec { get; init; } = new();

    public KustomizationStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<Kustomization> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            KustomizationSpec.ReadFields,
            KustomizationStatus.ReadFields,
            static (metadata, spec, status) => new Kustomization { Metadata = metadata, Spec = spec, Status = status });
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

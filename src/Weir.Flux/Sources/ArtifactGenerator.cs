using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Artifacts composed from those of other sources.</summary>
public sealed record ArtifactGenerator
{
    public static GroupVersionKind Kind { get; } = new("source.extensions.fluxcd.io", "v1beta1", "ArtifactGenerator");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "artifactgenerators",
        ["ag"],
        "fluxcd-sources",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "Artifacts composed from those of other sources.",
            FieldReader.Describe(ArtifactGeneratorSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ArtifactGeneratorStatus.ReadFields, "How it stands."),
            hasStatusDefault: false));

    public ObjectMetadata Metadata { get; init; } = new();

    public ArtifactGeneratorSpec Spec { get; init; } = new();

    public ArtifactGeneratorStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<ArtifactGenerator> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ArtifactGeneratorSpec.ReadFields,
            ArtifactGeneratorStatus.ReadFields,
            static (metadata, spec, status) => new ArtifactGenerator { Metadata = metadata, Spec = spec, Status = status });
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

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>An artifact made by another controller.</summary>
public sealed record ExternalArtifact
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "ExternalArtifact");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "externalartifacts",
        ["ea"],
        "fluxcd-sources",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
            new PrinterColumn("Source", ".spec.sourceRef.name"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "An artifact made by another controller.",
            FieldReader.Describe(ExternalArtifactSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ExternalArtifactStatus.ReadFields, "How it stands."),
            hasStatusDefault: false));

    public ObjectMetadata Metadata { get; init; } = new();

    public ExternalArtifactSpec Spec { get; init; } = new();

    public ExternalArtifactStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<ExternalArtifact> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ExternalArtifactSpec.ReadFields,
            ExternalArtifactStatus.ReadFields,
            static (metadata, spec, status) => new ExternalArtifact { Metadata = metadata, Spec = spec, Status = status });
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

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>An OCI repository whose content becomes an artifact.</summary>
public sealed record OciRepository
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "OCIRepository");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "ocirepositories",
        ["ocirepo"],
        "fluxcd-sources",
        [
            new PrinterColumn("URL", ".spec.url"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "An OCI repository whose content becomes an artifact.",
            FieldReader.Describe(OciRepositorySpec.ReadFields, "What is asked for."),
            FieldReader.Describe(OciRepositoryStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public OciRepositorySpec Spec { get; init; } = new();

    public OciRepositoryStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<OciRepository> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            OciRepositorySpec.ReadFields,
            OciRepositoryStatus.ReadFields,
            static (metadata, spec, status) => new OciRepository { Metadata = metadata, Spec = spec, Status = status });
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

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A repository of Helm charts.</summary>
public sealed record HelmRepository
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "HelmRepository");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "helmrepositories",
        ["helmrepo"],
        "fluxcd-sources",
        [
            new PrinterColumn("URL", ".spec.url"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A repository of Helm charts.",
            FieldReader.Describe(HelmRepositorySpec.ReadFields, "What is asked for."),
            FieldReader.Describe(HelmRepositoryStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public HelmRepositorySpec Spec { get; init; } = new();

    public HelmRepositoryStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<HelmRepository> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            HelmRepositorySpec.ReadFields,
            HelmRepositoryStatus.ReadFields,
            static (metadata, spec, status) => new HelmRepository { Metadata = metadata, Spec = spec, Status = status });
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

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A bucket of an object storage whose content becomes an artifact.</summary>
public sealed record Bucket
{
    public static GroupVersionKind Kind { get; } = new("source.toolkit.fluxcd.io", "v1", "Bucket");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "buckets",
        [],
        "fluxcd-sources",
        [
            new PrinterColumn("Endpoint", ".spec.endpoint"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A bucket of an object storage whose content becomes an artifact.",
            FieldReader.Describe(BucketSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(BucketStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public BucketSpec Spec { get; init; } = new();

    public BucketStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<Bucket> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            BucketSpec.ReadFields,
            BucketStatus.ReadFields,
            static (metadata, spec, status) => new Bucket { Metadata = metadata, Spec = spec, Status = status });
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

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>An image repository whose tags are scanned.</summary>
public sealed record ImageRepository
{
    public static GroupVersionKind Kind { get; } = new("image.toolkit.fluxcd.io", "v1", "ImageRepository");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "imagerepositories",
        ["imgrepo", "imagerepo"],
        "fluxcd-images",
        [
            new PrinterColumn("Image", ".spec.image"),
            new PrinterColumn("Tags", ".status.lastScanResult.tagCount"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
            new PrinterColumn("Last scan", ".status.lastScanResult.scanTime", "string", 1),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "An image repository whose tags are scanned.",
            FieldReader.Describe(ImageRepositorySpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ImageRepositoryStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public ImageRepositorySpec Spec { get; init; } = new();

    public ImageRepositoryStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<ImageRepository> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ImageRepositorySpec.ReadFields,
            ImageRepositoryStatus.ReadFields,
            static (metadata, spec, status) => new ImageRepository { Metadata = metadata, Spec = spec, Status = status });
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

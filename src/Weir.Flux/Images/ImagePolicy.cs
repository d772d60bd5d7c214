using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Which image of a repository is the newest.</summary>
public sealed record ImagePolicy
{
    public static GroupVersionKind Kind { get; } = new("image.toolkit.fluxcd.io", "v1", "ImagePolicy");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "imagepolicies",
        ["imgpol", "imagepol"],
        "fluxcd-images",
        [
            new PrinterColumn("Image", ".status.latestRef.name"),
            new PrinterColumn("Tag", ".status.latestRef.tag"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "Which image of a repository is the newest.",
            FieldReader.Describe(ImagePolicySpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ImagePolicyStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public ImagePolicySpec Spec { get; init; } = new();

    public ImagePolicyStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<ImagePolicy> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ImagePolicySpec.ReadFields,
            ImagePolicyStatus.ReadFields,
            static (metadata, spec, status) => new ImagePolicy { Metadata = metadata, Spec = spec, Status = status });
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

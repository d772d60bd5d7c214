using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Commits that put the newest images into files.</summary>
public sealed record ImageUpdateAutomation
{
    public static GroupVersionKind Kind { get; } = new("image.toolkit.fluxcd.io", "v1", "ImageUpdateAutomation");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "imageupdateautomations",
        ["iua", "imgupd", "imgauto"],
        "fluxcd-images",
        [
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
            new PrinterColumn("Last run", ".status.lastAutomationRunTime", "string", 1),
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "Commits that put the newest images into files.",
            FieldReader.Describe(ImageUpdateAutomationSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ImageUpdateAutomationStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public ImageUpdateAutomationSpec Spec { get; init; } = new();

    public ImageUpdateAutomationStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<ImageUpdateAutomation> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ImageUpdateAutomationSpec.ReadFields,
            ImageUpdateAutomationStatus.ReadFields,
            static (metadata, spec, status) => new ImageUpdateAutomation { Metadata = metadata, Spec = spec, Status = status });
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

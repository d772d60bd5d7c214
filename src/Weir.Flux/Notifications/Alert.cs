using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Which events are sent to a provider.</summary>
public sealed record Alert
{
    public static GroupVersionKind Kind { get; } = new("notification.toolkit.fluxcd.io", "v1beta3", "Alert");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "alerts",
        [],
        "fluxcd-notifications",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: false,
        () => KindDefinition.ObjectSchema(
            "Which events are sent to a provider.",
            FieldReader.Describe(AlertSpec.ReadFields, "What is asked for."),
            null,
            hasStatusDefault: false));

    public ObjectMetadata Metadata { get; init; } = new();

    public AlertSpec Spec { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<Alert> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(value, AlertSpec.ReadFields, static (metadata, spec) => new Alert { Metadata = metadata, Spec = spec });
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

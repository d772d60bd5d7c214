using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A webhook that triggers reconciliations.</summary>
public sealed record Receiver
{
    public static GroupVersionKind Kind { get; } = new("notification.toolkit.fluxcd.io", "v1", "Receiver");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "receivers",
        [],
        "fluxcd-notifications",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
            new PrinterColumn("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            new PrinterColumn("Status", ".status.conditions[?(@.type==\"Ready\")].message"),
        ],
        hasStatus: true,
        () => KindDefinition.ObjectSchema(
            "A webhook that triggers reconciliations.",
            FieldReader.Describe(ReceiverSpec.ReadFields, "What is asked for."),
            FieldReader.Describe(ReceiverStatus.ReadFields, "How it stands."),
            hasStatusDefault: true));

    public ObjectMetadata Metadata { get; init; } = new();

    public ReceiverSpec Spec { get; init; } = new();

    public ReceiverStatus Status { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<Receiver> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(
            value,
            ReceiverSpec.ReadFields,
            ReceiverStatus.ReadFields,
            static (metadata, spec, status) => new Receiver { Metadata = metadata, Spec = spec, Status = status });
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

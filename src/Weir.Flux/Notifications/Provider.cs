using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Where events are sent.</summary>
public sealed record Provider
{
    public static GroupVersionKind Kind { get; } = new("notification.toolkit.fluxcd.io", "v1beta3", "Provider");

    public static KindDefinition Definition { get; } = new(
        Kind,
        "providers",
        [],
        "fluxcd-notifications",
        [
            new PrinterColumn("Age", ".metadata.creationTimestamp", "date"),
        ],
        hasStatus: false,
        () => KindDefinition.ObjectSchema(
            "Where events are sent.",
            FieldReader.Describe(ProviderSpec.ReadFields, "What is asked for."),
            null,
            hasStatusDefault: false));

    public ObjectMetadata Metadata { get; init; } = new();

    public ProviderSpec Spec { get; init; } = new();

    /// <summary>Reads an object and reports every mistake in it.</summary>
    public static Parsed<Provider> Read(MapValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FluxReader.Read(value, ProviderSpec.ReadFields, static (metadata, spec) => new Provider { Metadata = metadata, Spec = spec });
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

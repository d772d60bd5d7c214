using Weir.Values;

namespace Weir.Flux;

/// <summary>Which layer of an artifact is used.</summary>
public sealed record LayerSelector
{
    private static readonly FieldRules OperationRules = new() { OneOf = ["extract", "copy"] };

    /// <summary>The media type of the layer; the first that matches is taken.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether the layer is unpacked or stored as it is.</summary>
    public string? Operation { get; init; }

    internal static LayerSelector ReadFields(FieldReader f) => new()
    {
        MediaType = f.String("mediaType", "The media type of the layer; the first that matches is taken."),
        Operation = f.String("operation", "Whether the layer is unpacked or stored as it is.", OperationRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("mediaType", MediaType)
        .Add("operation", Operation)
        .Map;
}

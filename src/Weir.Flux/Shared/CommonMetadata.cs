using Weir.Values;

namespace Weir.Flux;

/// <summary>Labels and annotations for many objects.</summary>
public sealed record CommonMetadata
{
    /// <summary>Annotations for every object.</summary>
    public FieldMap<string>? Annotations { get; init; }

    /// <summary>Labels for every object.</summary>
    public FieldMap<string>? Labels { get; init; }

    internal static CommonMetadata ReadFields(FieldReader f) => new()
    {
        Annotations = f.StringMap("annotations", "Annotations for every object."),
        Labels = f.StringMap("labels", "Labels for every object."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("annotations", Annotations)
        .Add("labels", Labels)
        .Map;
}

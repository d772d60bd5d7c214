using Weir.Values;

namespace Weir.Flux;

/// <summary>An image with tag and digest.</summary>
public sealed record ImageReference
{
    /// <summary>The digest of the image.</summary>
    public string? Digest { get; init; }

    /// <summary>The name of the image.</summary>
    public string Name { get; init; } = "";

    /// <summary>The tag of the image.</summary>
    public string Tag { get; init; } = "";

    internal static ImageReference ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The digest of the image."),
        Name = f.String("name", "The name of the image.", FieldRules.Required) ?? "",
        Tag = f.String("tag", "The tag of the image.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("name", Name)
        .Add("tag", Tag)
        .Map;
}

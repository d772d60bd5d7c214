using Weir.Values;

namespace Weir.Flux;

/// <summary>A new name, tag or digest for an image.</summary>
public sealed record ImageOverride
{
    /// <summary>The digest to put instead of a tag; wins over newTag.</summary>
    public string? Digest { get; init; }

    /// <summary>The image as it stands in the manifests, without tag.</summary>
    public string Name { get; init; } = "";

    /// <summary>The name to put instead.</summary>
    public string? NewName { get; init; }

    /// <summary>The tag to put instead.</summary>
    public string? NewTag { get; init; }

    internal static ImageOverride ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The digest to put instead of a tag; wins over newTag."),
        Name = f.String("name", "The image as it stands in the manifests, without tag.", FieldRules.Required) ?? "",
        NewName = f.String("newName", "The name to put instead."),
        NewTag = f.String("newTag", "The tag to put instead."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("name", Name)
        .Add("newName", NewName)
        .Add("newTag", NewTag)
        .Map;
}

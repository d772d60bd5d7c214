using Weir.Values;

namespace Weir.Flux;

/// <summary>The objects that are managed.</summary>
public sealed record GeneratedArtifact
{
    /// <summary>The checksum of the artifact.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The file of the artifact.</summary>
    public string Filename { get; init; } = "";

    /// <summary>The name of the ExternalArtifact.</summary>
    public string Name { get; init; } = "";

    /// <summary>The namespace of the ExternalArtifact.</summary>
    public string Namespace { get; init; } = "";

    internal static GeneratedArtifact ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The checksum of the artifact.", FieldRules.Required) ?? "",
        Filename = f.String("filename", "The file of the artifact.", FieldRules.Required) ?? "",
        Name = f.String("name", "The name of the ExternalArtifact.", FieldRules.Required) ?? "",
        Namespace = f.String("namespace", "The namespace of the ExternalArtifact.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("filename", Filename)
        .Add("name", Name)
        .Add("namespace", Namespace)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>A stored file that a source made.</summary>
public sealed record Artifact
{
    private static readonly FieldRules DigestRules = new() { IsRequired = true, Pattern = "^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$" };

    /// <summary>The checksum of the file, as algorithm:hex.</summary>
    public string Digest { get; init; } = "";

    /// <summary>When the artifact was last written.</summary>
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>What the upstream says about the content, such as OCI annotations.</summary>
    public FieldMap<string>? Metadata { get; init; }

    /// <summary>Where the file lies below the root of the artifact store.</summary>
    public string Path { get; init; } = "";

    /// <summary>What the content is called upstream: a commit, a tag with its digest, a chart version.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The size of the file in bytes.</summary>
    public long? Size { get; init; }

    /// <summary>The address consumers fetch the file from.</summary>
    public string Url { get; init; } = "";

    internal static Artifact ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The checksum of the file, as algorithm:hex.", DigestRules) ?? "",
        LastUpdateTime = f.Time("lastUpdateTime", "When the artifact was last written.", FieldRules.Required),
        Metadata = f.StringMap("metadata", "What the upstream says about the content, such as OCI annotations."),
        Path = f.String("path", "Where the file lies below the root of the artifact store.", FieldRules.Required) ?? "",
        Revision = f.String("revision", "What the content is called upstream: a commit, a tag with its digest, a chart version.", FieldRules.Required) ?? "",
        Size = f.Int("size", "The size of the file in bytes.", "int64"),
        Url = f.String("url", "The address consumers fetch the file from.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("lastUpdateTime", LastUpdateTime)
        .Add("metadata", Metadata)
        .Add("path", Path)
        .Add("revision", Revision)
        .Add("size", Size)
        .Add("url", Url)
        .Map;
}

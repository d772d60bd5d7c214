using Weir.Values;

namespace Weir.Flux;

/// <summary>What is pulled.</summary>
public sealed record OciReference
{
    /// <summary>The digest to use; wins over semver and tag.</summary>
    public string? Digest { get; init; }

    /// <summary>A range of versions; the highest tag inside it is used and wins over tag.</summary>
    public string? Semver { get; init; }

    /// <summary>A regular expression that tags must match before the range is looked at.</summary>
    public string? SemverFilter { get; init; }

    /// <summary>The tag to use.</summary>
    public string? Tag { get; init; }

    internal static OciReference ReadFields(FieldReader f) => new()
    {
        Digest = f.String("digest", "The digest to use; wins over semver and tag."),
        Semver = f.String("semver", "A range of versions; the highest tag inside it is used and wins over tag."),
        SemverFilter = f.String("semverFilter", "A regular expression that tags must match before the range is looked at."),
        Tag = f.String("tag", "The tag to use."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digest", Digest)
        .Add("semver", Semver)
        .Add("semverFilter", SemverFilter)
        .Add("tag", Tag)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>What the last scan found.</summary>
public sealed record ImageRepositoryLastScanResult
{
    /// <summary>The highest tags found.</summary>
    public FieldList<string>? LatestTags { get; init; }

    /// <summary>A checksum of the tags found.</summary>
    public string? Revision { get; init; }

    /// <summary>When the scan ended.</summary>
    public DateTimeOffset? ScanTime { get; init; }

    /// <summary>How many tags were found.</summary>
    public long? TagCount { get; init; }

    internal static ImageRepositoryLastScanResult ReadFields(FieldReader f) => new()
    {
        LatestTags = f.Strings("latestTags", "The highest tags found."),
        Revision = f.String("revision", "A checksum of the tags found."),
        ScanTime = f.Time("scanTime", "When the scan ended."),
        TagCount = f.Int("tagCount", "How many tags were found.", null, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("latestTags", LatestTags)
        .Add("revision", Revision)
        .Add("scanTime", ScanTime)
        .Add("tagCount", TagCount)
        .Map;
}

using Weir.Values;

namespace Weir.Flux;

/// <summary>Which tags are looked at.</summary>
public sealed record ImagePolicyFilterTags
{
    /// <summary>What of the tag is compared, with references to groups of the pattern.</summary>
    public string? Extract { get; init; }

    /// <summary>A regular expression tags must match.</summary>
    public string? Pattern { get; init; }

    internal static ImagePolicyFilterTags ReadFields(FieldReader f) => new()
    {
        Extract = f.String("extract", "What of the tag is compared, with references to groups of the pattern."),
        Pattern = f.String("pattern", "A regular expression tags must match."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("extract", Extract)
        .Add("pattern", Pattern)
        .Map;
}

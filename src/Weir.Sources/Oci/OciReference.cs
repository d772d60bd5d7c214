namespace Weir.Sources.Oci;

/// <summary>
/// Which manifest of a repository is wanted: the first of <see cref="Digest"/>, <see cref="SemVer"/>, <see cref="Tag"/> that is
/// set decides; with none it is the tag <c>latest</c>.
/// </summary>
public sealed record OciReference
{
    public string? Tag { get; init; }

    /// <summary>A range over the tags; the highest inside is taken.</summary>
    public string? SemVer { get; init; }

    /// <summary>A regular expression that tags must match before the range is asked.</summary>
    public string? SemVerFilter { get; init; }

    /// <summary><c>sha256:…</c></summary>
    public string? Digest { get; init; }

    /// <summary>The reference that a Flux object writes; an empty field counts as absent.</summary>
    public static OciReference Of(Flux.OciReference? written) => new()
    {
        Tag = NonEmpty(written?.Tag),
        SemVer = NonEmpty(written?.Semver),
        SemVerFilter = NonEmpty(written?.SemverFilter),
        Digest = NonEmpty(written?.Digest),
    };

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

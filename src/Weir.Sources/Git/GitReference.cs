namespace Weir.Sources.Git;

/// <summary>
/// Which commit of a repository is wanted. Of several that are set the first of <see cref="Commit"/>, <see cref="Name"/>,
/// <see cref="SemVer"/>, <see cref="Tag"/>, <see cref="Branch"/> decides, as in Flux; with none it is the branch <c>master</c>.
/// </summary>
public sealed record GitReference
{
    public string? Branch { get; init; }

    public string? Tag { get; init; }

    /// <summary>A range over the repository's tags; the highest that is inside is taken.</summary>
    public string? SemVer { get; init; }

    /// <summary>A full reference name such as <c>refs/pull/42/head</c>.</summary>
    public string? Name { get; init; }

    /// <summary>A full commit id. With <see cref="Branch"/> it is looked for on that branch only.</summary>
    public string? Commit { get; init; }

    /// <summary>The reference that a Flux object writes; an empty field counts as absent.</summary>
    public static GitReference Of(Flux.GitReference? written) => new()
    {
        Branch = NonEmpty(written?.Branch),
        Tag = NonEmpty(written?.Tag),
        SemVer = NonEmpty(written?.Semver),
        Name = NonEmpty(written?.Name),
        Commit = NonEmpty(written?.Commit),
    };

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

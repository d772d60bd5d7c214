using Weir.Values;

namespace Weir.Flux;

/// <summary>What is checked out.</summary>
public sealed record GitReference
{
    /// <summary>The branch to follow; master when nothing else is said.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit to use; wins over every other field.</summary>
    public string? Commit { get; init; }

    /// <summary>A full reference such as refs/heads/main or refs/pull/420/head; wins over branch, tag and semver.</summary>
    public string? Name { get; init; }

    /// <summary>A range of versions; the highest tag inside it is used and wins over tag.</summary>
    public string? Semver { get; init; }

    /// <summary>The tag to use.</summary>
    public string? Tag { get; init; }

    internal static GitReference ReadFields(FieldReader f) => new()
    {
        Branch = f.String("branch", "The branch to follow; master when nothing else is said."),
        Commit = f.String("commit", "The commit to use; wins over every other field."),
        Name = f.String("name", "A full reference such as refs/heads/main or refs/pull/420/head; wins over branch, tag and semver."),
        Semver = f.String("semver", "A range of versions; the highest tag inside it is used and wins over tag."),
        Tag = f.String("tag", "The tag to use."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("branch", Branch)
        .Add("commit", Commit)
        .Add("name", Name)
        .Add("semver", Semver)
        .Add("tag", Tag)
        .Map;
}

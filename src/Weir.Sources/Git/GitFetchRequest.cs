namespace Weir.Sources.Git;

/// <summary>What to fetch, and how.</summary>
public sealed record GitFetchRequest
{
    /// <summary>An <c>http</c>, <c>https</c>, <c>ssh</c> or <c>file</c> URL, or a path.</summary>
    public required string Url { get; init; }

    public GitReference Reference { get; init; } = new();

    public GitCredentials? Credentials { get; init; }

    public bool RecurseSubmodules { get; init; }

    /// <summary>Directories to check out; empty for all.</summary>
    public IReadOnlyList<string> SparseCheckout { get; init; } = [];

    /// <summary>A directory of the repository that stands for its root; empty for the root itself.</summary>
    public string Directory { get; init; } = "";
}

using Weir.Sources.Mirrors;

namespace Weir.Cli.Up;

/// <summary>What <c>weir up</c> was asked to do.</summary>
internal sealed record UpOptions
{
    public required string Repository { get; init; }

    /// <summary>One cluster's directory, or <see langword="null"/> for every directory under <c>clusters/</c>.</summary>
    public string? Path { get; init; }

    public string? Branch { get; init; }

    public bool Once { get; init; }

    public TimeSpan Timeout { get; init; }

    public bool IncludeWorktree { get; init; }

    public IReadOnlyList<SourceMirror> Mirrors { get; init; } = [];

    /// <summary>Where the clusters are kept from run to run; <see langword="null"/> keeps nothing.</summary>
    public string? DataDirectory { get; init; }

    public string? KubeconfigOut { get; init; }

    public int Concurrency { get; init; }
}

namespace Weir.Sources.Helm;

/// <summary>One version of a chart in a repository.</summary>
public sealed record HelmIndexEntry
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public string AppVersion { get; init; } = "";

    /// <summary>When it was made; the earliest time when the index does not say.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Hexadecimal SHA-256 of the packed chart; empty when the index does not say.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Where it can be had. Only the first is used, as in Helm.</summary>
    public IReadOnlyList<string> Urls { get; init; } = [];
}

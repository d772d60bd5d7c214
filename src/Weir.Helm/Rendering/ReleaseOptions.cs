namespace Weir.Helm;

/// <summary>What templates learn of the release in <c>.Release</c>.</summary>
public sealed record ReleaseOptions
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public int Revision { get; init; } = 1;

    public bool IsUpgrade { get; init; }
}

using Weir.Helm;
using Weir.Rendering;

namespace Weir.Fleet;

/// <summary>How a fleet is built.</summary>
public sealed record FleetBuildOptions
{
    /// <summary>What charts learn of the cluster.</summary>
    public Capabilities Capabilities { get; init; } = Capabilities.Default;

    /// <summary>
    /// What random values in charts grow from, with the release and the place of the call: both sides of a diff use the same,
    /// so that they make no differences.
    /// </summary>
    public string Seed { get; init; } = "weir";

    /// <summary>The keys of encrypted files; <see langword="null"/> leaves what is encrypted as it is written.</summary>
    public SopsDecryption? Decryption { get; init; }

    /// <summary>Directories of clusters; every directory under <c>clusters/</c> when empty.</summary>
    public IReadOnlyList<string> ClusterPaths { get; init; } = [];

    /// <summary>
    /// The fleet's own repository: GitRepositories of its address are the fleet itself, or another revision of it. May be
    /// <see langword="null"/>; then the address of a cluster's root source counts.
    /// </summary>
    public FleetRevisions? Revisions { get; init; }
}

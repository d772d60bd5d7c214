namespace Weir.Fleet;

/// <summary>
/// Builds all clusters of a fleet from files alone: what each Kustomization and HelmRelease produces, recursively. One builder
/// serves both sides of a diff: what is the same on both is rendered once.
/// </summary>
public sealed class FleetBuilder(FleetSources sources, FleetBuildOptions options)
{
    private readonly RenderMemory _memory = new();

    /// <summary>How many units were rendered, and how many were taken from what was rendered before.</summary>
    public (int Rendered, int Reused) Work => (_memory.Misses, _memory.Hits);

    /// <summary>Builds one state of the fleet.</summary>
    /// <returns>The clusters by name. A unit that cannot be rendered holds the reason; the others are complete.</returns>
    public async Task<IReadOnlyList<BuiltCluster>> BuildAsync(FleetSide side, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(side);
        var roots = ClusterRoot.Find(side.Files, options.ClusterPaths);
        var clusters = await Task.WhenAll(roots.Select(root =>
            Task.Run(() => new ClusterBuild(root, side, options, sources, _memory).RunAsync(cancellationToken), cancellationToken))).ConfigureAwait(false);
        Array.Sort(clusters, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return clusters;
    }
}

namespace Weir.Fleet;

/// <summary>All units of a cluster.</summary>
/// <param name="Name">The cluster.</param>
/// <param name="Units">The units, parents before children.</param>
public sealed record BuiltCluster(string Name, IReadOnlyList<BuiltUnit> Units);

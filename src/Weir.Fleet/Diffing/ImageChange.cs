namespace Weir.Fleet;

/// <summary>An image that changes its tag or digest, comes or goes.</summary>
/// <param name="Name">The image without tag and digest.</param>
/// <param name="Before">The tags and digests before, in order; empty when it is new.</param>
/// <param name="After">Those after; empty when it is gone.</param>
/// <param name="Units">The units that use it on a side that differs.</param>
public sealed record ImageChange(string Name, IReadOnlyList<string> Before, IReadOnlyList<string> After, IReadOnlyList<UnitId> Units);

using Weir.Values;

namespace Weir.Fleet;

/// <summary>One state of a fleet's repository.</summary>
/// <param name="Name">How a person names it: a revision, or <c>work tree</c>.</param>
/// <param name="Commit">The commit; empty for files that are not committed.</param>
/// <param name="Files">The files below the fleet's root.</param>
public sealed record FleetSide(string Name, string Commit, IFileTree Files);

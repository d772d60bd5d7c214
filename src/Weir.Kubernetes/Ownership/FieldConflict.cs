namespace Weir.Kubernetes;

/// <summary>A field that another manager owns and that a write would change.</summary>
internal sealed record FieldConflict(ManagerKey Manager, PathElement[] Path)
{
    /// <summary>The path as messages write it.</summary>
    public string Field => string.Concat<PathElement>(Path);
}

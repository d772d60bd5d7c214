namespace Weir.Fleet;

/// <summary>What a comparison leaves out.</summary>
public sealed record DiffOptions
{
    /// <summary>Leave out <c>helm.sh/chart</c>, <c>app.kubernetes.io/version</c> and checksum annotations, which follow from other changes.</summary>
    public bool FoldsDerived { get; init; } = true;
}

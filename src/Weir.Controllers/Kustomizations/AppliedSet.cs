using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>What was applied, what was managed before, and whether anything changed.</summary>
internal sealed record AppliedSet(IReadOnlyList<Change> Changes, IReadOnlyList<InventoryEntry> Before, IReadOnlyList<InventoryEntry> After)
{
    public bool HasDrifted => Changes.Any(static c => c.HasEffect);
}

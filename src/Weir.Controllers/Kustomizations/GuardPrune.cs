using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Refuses a rendering that would delete everything: a wrong path, an emptied kustomization file or a prefix that went missing looks
/// like that. A person confirms it with an annotation.
/// </summary>
internal static class GuardPrune
{
    private const string Refused = "PruneRefused";

    /// <summary>False when it is refused; the run's condition says how to confirm.</summary>
    public static bool Run(KustomizationRun run, IReadOnlyList<MapValue> objects)
    {
        var guard = run.Services.PruneGuard;
        var before = Inventory.Read(run.Object.Status);
        if (guard == PruneGuard.Off || run.Spec.Prune != true || before.Count == 0
            || (objects.Count > 0 && (guard != PruneGuard.Replaced || SharesAny(before, objects)))
            || IsConfirmed(run))
        {
            return true;
        }

        run.Fail(
            Refused,
            $"revision {run.Revision} {(objects.Count == 0 ? "has no objects" : "has none of the objects of the last one")}: "
            + $"applying it would delete {(before.Count == 1 ? "the object" : $"all {before.Count} objects")} that this Kustomization manages. "
            + $"If that is wanted, set the annotation {Annotations.PruneEverything} to this revision or to \"true\"");
        return false;
    }

    private static bool IsConfirmed(KustomizationRun run) =>
        run.Kustomization.Metadata.Annotations.TryGetValue(Annotations.PruneEverything, out var text) && (text == "true" || text == run.Revision);

    private static bool SharesAny(List<InventoryEntry> before, IReadOnlyList<MapValue> objects)
    {
        var keys = new HashSet<ObjectKey>();
        foreach (var entry in before)
        {
            keys.Add(entry.Key);
        }

        foreach (var value in objects)
        {
            if (keys.Contains(value.Key()))
            {
                return true;
            }
        }

        return false;
    }
}

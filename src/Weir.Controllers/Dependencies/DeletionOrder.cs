using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// What others depend on is deleted after them: an object waits while dependents of it are being deleted too. Those that stay do not
/// hold it, and neither does a deletion that does not end.
/// </summary>
internal static class DeletionOrder
{
    // Who deletes many objects deletes one after the other.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before the next look; <see langword="null"/> when it is the object's turn.</summary>
    public static TimeSpan? Wait(MapValue self, Func<ObjectKey, IReadOnlyList<MapValue>> dependentsOf, DateTimeOffset now)
    {
        var dependents = dependentsOf(self.Key());
        if (dependents.Count == 0 || ObjectMetadata.Read(self).DeletionTimestamp is not { } deleted || now - deleted > Longest)
        {
            return null;
        }

        var stays = false;
        foreach (var dependent in dependents)
        {
            if (!ObjectMetadata.Read(dependent).IsBeingDeleted)
            {
                stays = true;
            }
            else if (!Reaches(dependent.Key(), self.Key(), dependentsOf))
            {
                return Look;
            }
        }

        return stays && now - deleted < Grace ? deleted + Grace - now : null;
    }

    // In a circle nobody is last.
    private static bool Reaches(ObjectKey from, ObjectKey to, Func<ObjectKey, IReadOnlyList<MapValue>> dependentsOf)
    {
        var seen = new HashSet<ObjectKey> { from };
        var open = new Stack<ObjectKey>([from]);
        while (open.TryPop(out var key))
        {
            foreach (var dependent in dependentsOf(key))
            {
                var next = dependent.Key();
                if (next == to)
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }
}

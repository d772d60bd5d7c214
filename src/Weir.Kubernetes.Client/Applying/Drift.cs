using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>Compares a live object with what a dry run of the wanted one would make of it.</summary>
internal static class Drift
{
    /// <summary>True when labels, annotations or anything outside of metadata and status differ.</summary>
    public static bool IsThere(MapValue? live, MapValue dryRun, IReadOnlyList<DriftIgnoreRule> ignored)
    {
        if (live is null || string.IsNullOrEmpty(dryRun.GetMap("metadata")?.GetString("resourceVersion")))
        {
            return true;
        }

        foreach (var rule in ignored)
        {
            if (rule.Matches(dryRun))
            {
                live = live.DeepClone();
                dryRun = dryRun.DeepClone();
                break;
            }
        }

        foreach (var rule in ignored)
        {
            if (rule.Matches(dryRun))
            {
                foreach (var path in rule.Paths)
                {
                    JsonPointer.Remove(live, path);
                    JsonPointer.Remove(dryRun, path);
                }
            }
        }

        var mine = live.GetMap("metadata");
        var theirs = dryRun.GetMap("metadata");
        return !SameOrEmpty(mine?.GetMap("labels"), theirs?.GetMap("labels"))
            || !SameOrEmpty(mine?.GetMap("annotations"), theirs?.GetMap("annotations"))
            || !SameBody(live, dryRun)
            || !SameBody(dryRun, live);
    }

    /// <summary>
    /// Ignored places that differ: another manager's field is left out of what is applied, any other takes the live value,
    /// so that applying the rest does not touch it.
    /// </summary>
    public static void KeepIgnored(MapValue wanted, MapValue live, MapValue dryRun, ApplySetOptions options)
    {
        foreach (var rule in options.Ignored)
        {
            if (!rule.Matches(dryRun))
            {
                continue;
            }

            foreach (var path in rule.Paths)
            {
                var current = JsonPointer.Get(live, path);
                if (Value.DeepEquals(current, JsonPointer.Get(dryRun, path)))
                {
                    continue;
                }

                if (current is null || ManagedFields.IsOwnedByAnother(live, path, options.FieldManager))
                {
                    JsonPointer.Remove(wanted, path);
                }
                else
                {
                    JsonPointer.Replace(wanted, path, current);
                }
            }
        }
    }

    private static bool SameBody(MapValue left, MapValue right)
    {
        foreach (var (key, value) in left)
        {
            if (key is not ("metadata" or "status") && !SameOrEmpty(value, right[key]))
            {
                return false;
            }
        }

        return true;
    }

    // Go's semantic equality: an absent map or list is an empty one.
    private static bool SameOrEmpty(Value? left, Value? right) => (left, right) switch
    {
        (null or NullValue, null or NullValue) => true,
        (null, MapValue { Count: 0 } or ListValue { Count: 0 }) => true,
        (MapValue { Count: 0 } or ListValue { Count: 0 }, null) => true,
        _ => Value.DeepEquals(left, right),
    };
}

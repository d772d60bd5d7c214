using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Compares two values field by field. Items of a list are matched by the field that names them in Kubernetes (<c>name</c>,
/// <c>containerPort</c>, …) when every item has a different one, else by position.
/// </summary>
public static class ValueComparison
{
    private static readonly string[] Names = ["name", "mountPath", "containerPort", "port", "key", "topologyKey", "type", "host", "ip", "uid"];

    public static IReadOnlyList<FieldChange> Compare(MapValue before, MapValue after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var changes = new List<FieldChange>();
        Maps("", before, after, changes);
        return changes;
    }

    private static void Maps(string path, MapValue before, MapValue after, List<FieldChange> changes)
    {
        foreach (var key in before.Keys.Union(after.Keys))
        {
            Any(path.Length == 0 ? Quoted(key) : $"{path}.{Quoted(key)}", before[key], after[key], changes);
        }
    }

    private static void Any(string path, Value? before, Value? after, List<FieldChange> changes)
    {
        switch (before, after)
        {
            case (MapValue left, MapValue right):
                Maps(path, left, right, changes);
                break;
            case (ListValue left, ListValue right):
                Lists(path, left, right, changes);
                break;
            default:
                if (!Value.DeepEquals(before, after))
                {
                    changes.Add(new(path, before, after));
                }

                break;
        }
    }

    private static void Lists(string path, ListValue before, ListValue after, List<FieldChange> changes)
    {
        if (NameOf(before, after) is { } name)
        {
            var old = before.OfType<MapValue>().ToDictionary(m => m[name]!.ToString()!, StringComparer.Ordinal);
            var current = after.OfType<MapValue>().ToDictionary(m => m[name]!.ToString()!, StringComparer.Ordinal);
            foreach (var key in old.Keys.Union(current.Keys))
            {
                Any($"{path}[{name}={key}]", old.GetValueOrDefault(key), current.GetValueOrDefault(key), changes);
            }

            return;
        }

        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Any($"{path}[{i}]", i < before.Count ? before[i] : null, i < after.Count ? after[i] : null, changes);
        }
    }

    private static string? NameOf(ListValue before, ListValue after)
    {
        foreach (var name in Names)
        {
            if (Identifies(before, name) && Identifies(after, name) && before.Count + after.Count > 0)
            {
                return name;
            }
        }

        return null;
    }

    private static bool Identifies(ListValue list, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list)
        {
            if (item is not MapValue map || map[name] is not (StringValue or IntValue or FloatValue) || !seen.Add(map[name]!.ToString()!))
            {
                return false;
            }
        }

        return true;
    }

    private static string Quoted(string key) =>
        key.Contains('.', StringComparison.Ordinal) || key.Contains('/', StringComparison.Ordinal) ? $"[{key}]" : key;
}

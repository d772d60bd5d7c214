using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Compares the objects of one unit on two sides.</summary>
internal static class ObjectComparison
{
    // Two objects of one kind whose names differ are one renamed object when this share of their fields is the same.
    private const double Alike = 0.7;

    public static IReadOnlyList<ObjectChange> Compare(IReadOnlyList<MapValue> before, IReadOnlyList<MapValue> after, DiffOptions options, SecretTexts secrets)
    {
        var old = Index(before);
        var current = Index(after);
        var changes = new List<ObjectChange>();
        foreach (var (key, left) in old)
        {
            if (current.TryGetValue(key, out var right) && !Value.DeepEquals(left, right))
            {
                var (foldedLeft, foldedRight) = (Folded(left, options), Folded(right, options));
                if (ValueComparison.Compare(foldedLeft, foldedRight).Count > 0)
                {
                    changes.Add(Changed(ChangeKind.Changed, key, "", foldedLeft, foldedRight, secrets));
                }
            }
        }

        var gone = old.Where(o => !current.ContainsKey(o.Key)).ToList();
        var fresh = current.Where(o => !old.ContainsKey(o.Key)).ToList();
        foreach (var (key, value) in gone.ToList())
        {
            var partner = fresh.Find(f => IsSameKind(f.Key, key) && Likeness(value, f.Value) >= Alike);
            if (partner.Value is not null)
            {
                gone.RemoveAll(g => g.Key == key);
                fresh.Remove(partner);
                changes.Add(Changed(ChangeKind.Renamed, partner.Key, key.Name, Folded(value, options), Folded(partner.Value, options), secrets));
            }
        }

        foreach (var (key, value) in gone)
        {
            changes.Add(new() { Kind = ChangeKind.Deleted, Key = key, Before = SecretMask.Of(secrets.Hide(value), null).Before });
        }

        foreach (var (key, value) in fresh)
        {
            changes.Add(new() { Kind = ChangeKind.Created, Key = key, After = SecretMask.Of(null, secrets.Hide(value)).After });
        }

        changes.Sort(static (a, b) => string.CompareOrdinal(a.Key.ToString(), b.Key.ToString()));
        return changes;
    }

    private static ObjectChange Changed(ChangeKind kind, ObjectKey key, string oldName, MapValue before, MapValue after, SecretTexts secrets)
    {
        var (left, right) = SecretMask.Of(secrets.Hide(before), secrets.Hide(after));
        return new()
        {
            Kind = kind,
            Key = key,
            OldName = oldName,
            Before = left,
            After = right,
            Fields = ValueComparison.Compare(left!, right!),
        };
    }

    private static Dictionary<ObjectKey, MapValue> Index(IReadOnlyList<MapValue> objects)
    {
        var index = new Dictionary<ObjectKey, MapValue>();
        foreach (var value in objects)
        {
            index[value.Key()] = value;
        }

        return index;
    }

    private static bool IsSameKind(ObjectKey left, ObjectKey right) =>
        left.Group == right.Group && left.Kind == right.Kind && left.Namespace == right.Namespace
        && left.Kind is not ("Namespace" or "CustomResourceDefinition"); // What lies in them does not move along.

    private static double Likeness(MapValue left, MapValue right)
    {
        var size = Math.Max(Leaves(left), Leaves(right));
        return size == 0 ? 0 : 1 - ((double)ValueComparison.Compare(left, right).Count / size);
    }

    private static int Leaves(Value? value) => value switch
    {
        MapValue map => map.Sum(static p => Leaves(p.Value)),
        ListValue list => list.Sum(Leaves),
        null => 0,
        _ => 1,
    };

    /// <summary>The object without labels and annotations that only say what else changed.</summary>
    private static MapValue Folded(MapValue value, DiffOptions options)
    {
        if (!options.FoldsDerived)
        {
            return value;
        }

        var copy = value.DeepClone();
        Fold(copy);
        return copy;
    }

    private static void Fold(MapValue value)
    {
        if (value.GetMap("metadata") is { } metadata)
        {
            Drop(metadata, "labels", static k => k is "helm.sh/chart" or "chart" or "app.kubernetes.io/version");
            Drop(metadata, "annotations", static k => k.StartsWith("checksum/", StringComparison.Ordinal) || k.EndsWith("/checksum", StringComparison.Ordinal));
        }

        foreach (var path in new[] { "spec", "template", "jobTemplate" })
        {
            if (value.GetMap(path) is { } nested)
            {
                Fold(nested);
            }
        }
    }

    private static void Drop(MapValue metadata, string part, Func<string, bool> isDerived)
    {
        if (metadata.GetMap(part) is not { } map)
        {
            return;
        }

        foreach (var key in map.Keys.Where(isDerived).ToList())
        {
            map.Remove(key);
        }
    }
}

using Weir.Values;

namespace Weir.Helm;

/// <summary>Equality as JSON Schema has it: numbers by value, whatever their Go type.</summary>
internal static class SchemaEquality
{
    public static bool AreEqual(Value left, Value right)
    {
        switch (left, right)
        {
            case (MapValue a, MapValue b):
                if (a.Count != b.Count)
                {
                    return false;
                }

                foreach (var (key, value) in a)
                {
                    if (!b.TryGetValue(key, out var other) || !AreEqual(value, other))
                    {
                        return false;
                    }
                }

                return true;
            case (ListValue a, ListValue b):
                return a.Count == b.Count && a.Zip(b).All(p => AreEqual(p.First, p.Second));
            case (IntValue or FloatValue, IntValue or FloatValue):
                return SchemaNumber.Of(left) is { } x && SchemaNumber.Of(right) is { } y && x.CompareTo(y) == 0;
            default:
                return left.Equals(right);
        }
    }

    /// <summary>The first two equal items, or <see langword="null"/>.</summary>
    public static (int First, int Second)? FirstEqual(ListValue list)
    {
        var seen = new Dictionary<int, List<int>>();
        for (var i = 0; i < list.Count; i++)
        {
            var hash = Hash(list[i]);
            if (!seen.TryGetValue(hash, out var candidates))
            {
                seen[hash] = candidates = [];
            }

            foreach (var j in candidates)
            {
                if (AreEqual(list[j], list[i]))
                {
                    return (j, i);
                }
            }

            candidates.Add(i);
        }

        return null;
    }

    private static int Hash(Value value) => value switch
    {
        IntValue i => ((double)i.Value).GetHashCode(),
        ListValue list => list.Count == 0 ? 1 : HashCode.Combine(list.Count, Hash(list[0])),
        _ => value.GetHashCode(),
    };
}

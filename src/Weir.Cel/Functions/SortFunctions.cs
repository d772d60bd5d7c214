using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Sorted lists: <c>sort</c>, and what <c>sortBy</c> stands for.</summary>
internal static class SortFunctions
{
    private static readonly CelType T = CelType.List(CelType.Parameter("T"));

    private static readonly CelType[] Comparable =
        [CelType.Int, CelType.Uint, CelType.Double, CelType.Bool, CelType.Duration, CelType.Timestamp, CelType.String, CelType.Bytes];

    public static CelFunction[] All { get; } =
    [
        new("sort", [.. Comparable.Select(t => Member($"list_{t.Name}_sort", [CelType.List(t)], CelType.List(t)))]) { Body = a => Sort(a[0], a[0]) },
        new("@sortByAssociatedKeys", [.. Comparable.Select(t => Member($"list_{t.Name}_sortByAssociatedKeys", [T, CelType.List(t)], T))])
        {
            Body = a => Sort(a[0], a[1]),
        },
    ];

    private static Value? Sort(Value source, Value sortKeys)
    {
        if (source is not IReadOnlyList<Value> list || sortKeys is not IReadOnlyList<Value> keys)
        {
            return null;
        }

        if (list.Count != keys.Count)
        {
            return new CelError(
                $"@sortByAssociatedKeys() expected a list of the same size as the associated keys list, but got {list.Count} and {keys.Count} elements respectively");
        }

        if (list.Count == 0)
        {
            return source;
        }

        var read = new Value[keys.Count];
        var order = new int[keys.Count];
        for (var i = 0; i < read.Length; i++)
        {
            (read[i], order[i]) = (keys[i], i);
            if (!Ordering.HasOrder(read[i]))
            {
                return read[i] as CelError ?? new CelError(i == 0 ? "list elements must be comparable" : "list elements must have the same type");
            }

            if (TypeNames.Of(read[i]) != TypeNames.Of(read[0]))
            {
                return new CelError("list elements must have the same type");
            }
        }

        Array.Sort(order, (x, y) => Ordering.Compare(read[x], read[y]) is { } c and not 0 ? c : x.CompareTo(y));
        var sorted = new ListValue(order.Length);
        foreach (var index in order)
        {
            sorted.Add(list[index]);
        }

        return sorted;
    }
}

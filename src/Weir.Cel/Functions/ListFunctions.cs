using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Functions of lists: Kubernetes' own and CEL's list library.</summary>
internal static class ListFunctions
{
    private static readonly CelType A = CelType.Parameter("A");
    private static readonly CelType ListOfA = CelType.List(A);
    private static readonly CelType Anything = CelType.List(CelType.Dyn);

    private static readonly (string Name, CelType Type)[] Summable =
        [("int", CelType.Int), ("uint", CelType.Uint), ("double", CelType.Double), ("duration", CelType.Duration)];

    private static readonly (string Name, CelType Type)[] Comparable =
    [
        .. Summable[..3], ("bool", CelType.Bool), ("duration", CelType.Duration), ("timestamp", CelType.Timestamp), ("string", CelType.String),
        ("bytes", CelType.Bytes),
    ];

    public static CelFunction[] All { get; } =
    [
        new("isSorted", [.. Comparable.Select(t => Member($"list_{t.Name}_is_sorted_bool", [CelType.List(t.Type)], CelType.Bool, a => IsSorted(Items(a[0]))))]),
        new("sum", [.. Summable.Select(t => Member($"list_{t.Name}_sum_{t.Name}", [CelType.List(t.Type)], t.Type, a => Sum(Items(a[0]), t.Type)))]),
        new("max", [.. Comparable.Select(t => Member($"list_{t.Name}_max_{t.Name}", [CelType.List(t.Type)], t.Type, a => Extreme("max", Items(a[0]), 1)))]),
        new("min", [.. Comparable.Select(t => Member($"list_{t.Name}_min_{t.Name}", [CelType.List(t.Type)], t.Type, a => Extreme("min", Items(a[0]), -1)))]),
        new("indexOf", Member("list_a_index_of_int", [ListOfA, A], CelType.Int, a => IndexOf(Items(a[0]), a[1]))),
        new("lastIndexOf", Member("list_a_last_index_of_int", [ListOfA, A], CelType.Int, a => LastIndexOf(Items(a[0]), a[1]))),
        new("slice", Member("list_slice", [ListOfA, CelType.Int, CelType.Int], ListOfA, a => Slice(Items(a[0]), Number(a[1]), Number(a[2])))),
        new(
            "flatten",
            Member("list_flatten", [CelType.List(ListOfA)], ListOfA, a => Flatten(Items(a[0]), 1)) with { TakesAnything = true },
            Member("list_flatten_int", [Anything, CelType.Int], Anything, a => Flatten(Items(a[0]), Number(a[1]))) with { TakesAnything = true }),
        new("lists.range", Global("lists_range", [CelType.Int], CelType.List(CelType.Int), a => Range(Number(a[0])))),
        new("reverse", Member("list_reverse", [ListOfA], ListOfA, a => new ListValue(Items(a[0]).Reverse()))),
        new("distinct", Member("list_distinct", [ListOfA], ListOfA, a => Distinct(Items(a[0])))),
    ];

    private static IReadOnlyList<Value> Items(Value list) => (IReadOnlyList<Value>)list;

    private static long Number(Value value) => ((IntValue)value).Value;

    private static Value IsSorted(IReadOnlyList<Value> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!Ordering.HasOrder(list[i]))
            {
                return Failed(list[i]);
            }

            // What has no order with its neighbour is not out of order.
            if (i > 0 && Ordering.Compare(list[i - 1], list[i]) > 0)
            {
                return BoolValue.False;
            }
        }

        return BoolValue.True;
    }

    private static Value Sum(IReadOnlyList<Value> list, CelType type)
    {
        Value sum = type.Kind switch
        {
            CelTypeKind.Int => new IntValue(0),
            CelTypeKind.Uint => IntValue.FromUnsigned(0),
            CelTypeKind.Double => new FloatValue(0),
            _ => new CelDuration(0),
        };
        foreach (var item in list)
        {
            sum = Addition.Add(sum, item) ?? CelError.NoSuchOverload;
            if (sum is CelError)
            {
                return item as CelError ?? sum;
            }
        }

        return sum;
    }

    private static Value Extreme(string name, IReadOnlyList<Value> list, int sign)
    {
        Value? result = null;
        foreach (var item in list)
        {
            if (!Ordering.HasOrder(item))
            {
                return Failed(item);
            }

            if (result is null || Ordering.Compare(item, result) * sign > 0)
            {
                result = item;
            }
        }

        return result ?? new CelError($"{name} called on empty list");
    }

    private static IntValue IndexOf(IReadOnlyList<Value> list, Value item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Equality.Compare(list[i], item) is BoolValue { Value: true })
            {
                return new IntValue(i);
            }
        }

        return new IntValue(-1);
    }

    private static IntValue LastIndexOf(IReadOnlyList<Value> list, Value item)
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            if (Equality.Compare(list[i], item) is BoolValue { Value: true })
            {
                return new IntValue(i);
            }
        }

        return new IntValue(-1);
    }

    private static Value Slice(IReadOnlyList<Value> list, long start, long end)
    {
        if (start < 0 || end < 0)
        {
            return new CelError($"cannot slice({start}, {end}), negative indexes not supported");
        }

        if (start > end)
        {
            return new CelError($"cannot slice({start}, {end}), start index must be less than or equal to end index");
        }

        if (list.Count < end)
        {
            return new CelError($"cannot slice({start}, {end}), list is length {list.Count}");
        }

        var part = new ListValue((int)(end - start));
        for (var i = (int)start; i < end; i++)
        {
            part.Add(list[i]);
        }

        return part;
    }

    private static Value Flatten(IReadOnlyList<Value> list, long depth)
    {
        if (depth < 0)
        {
            return new CelError("level must be non-negative");
        }

        var flat = new ListValue(list.Count);
        return Flatten(list, depth, flat) ? flat : WorkLimit.Exceeded;
    }

    private static bool Flatten(IReadOnlyList<Value> list, long depth, ListValue flat)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (!WorkLimit.Take())
            {
                return false;
            }

            var item = list[i];
            if (depth > 0 && item is IReadOnlyList<Value> nested)
            {
                if (!Flatten(nested, depth - 1, flat))
                {
                    return false;
                }
            }
            else
            {
                flat.Add(item);
            }
        }

        return true;
    }

    private static ListValue Range(long count)
    {
        var list = new ListValue((int)Math.Max(count, 0));
        for (var i = 0L; i < count; i++)
        {
            list.Add(new IntValue(i));
        }

        return list;
    }

    private static Value Distinct(IReadOnlyList<Value> list)
    {
        var unique = new ListValue();
        for (var i = 0; i < list.Count; i++)
        {
            var item = list[i];
            var isKnown = false;
            foreach (var other in unique)
            {
                if (Equality.Compare(item, other) is BoolValue { Value: true })
                {
                    isKnown = true;
                    break;
                }
            }

            if (!isKnown)
            {
                unique.Add(item);
            }
        }

        return unique;
    }

    private static CelError Failed(Value item) => item as CelError ?? CelError.NoSuchOverload;
}

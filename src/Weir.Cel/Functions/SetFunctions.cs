using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Lists as sets: <c>sets.contains</c> and its kin.</summary>
internal static class SetFunctions
{
    private static readonly CelType T = CelType.List(CelType.Parameter("T"));

    public static CelFunction[] All { get; } =
    [
        new("sets.contains", Global("list_sets_contains_list", [T, T], CelType.Bool, a => Contains(Items(a[0]), Items(a[1])))),
        new("sets.equivalent", Global("list_sets_equivalent_list", [T, T], CelType.Bool, a =>
            Contains(Items(a[0]), Items(a[1])) is var first && first is BoolValue { Value: true } ? Contains(Items(a[1]), Items(a[0])) : first)),
        new("sets.intersects", Global("list_sets_intersects_list", [T, T], CelType.Bool, a => Intersects(Items(a[0]), Items(a[1])))),
    ];

    private static IReadOnlyList<Value> Items(Value list) => (IReadOnlyList<Value>)list;

    private static Value Contains(IReadOnlyList<Value> list, IReadOnlyList<Value> sublist)
    {
        for (var i = 0; i < sublist.Count; i++)
        {
            var found = Equality.Contains(list, sublist[i]);
            if (found is not BoolValue { Value: true })
            {
                return found;
            }
        }

        return BoolValue.True;
    }

    private static Value Intersects(IReadOnlyList<Value> left, IReadOnlyList<Value> right)
    {
        for (var i = 0; i < left.Count; i++)
        {
            if (Equality.Contains(right, left[i]) is BoolValue { Value: true })
            {
                return BoolValue.True;
            }
        }

        return BoolValue.False;
    }
}

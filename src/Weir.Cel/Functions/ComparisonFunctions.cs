using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>The order of values: <c>&lt;</c> and its kin.</summary>
internal static class ComparisonFunctions
{
    private static readonly (string Name, CelType Type)[] Numbers = [("int64", CelType.Int), ("uint64", CelType.Uint), ("double", CelType.Double)];

    public static CelFunction[] All { get; } =
    [
        Compare("_<_", "less", order => order < 0),
        Compare("_<=_", "less_equals", order => order <= 0),
        Compare("_>_", "greater", order => order > 0),
        Compare("_>=_", "greater_equals", order => order >= 0),
    ];

    private static CelFunction Compare(string name, string id, Func<int, bool> holds)
    {
        List<CelOverload> overloads = [Global(id + "_bool", [CelType.Bool, CelType.Bool], CelType.Bool)];
        foreach (var (left, leftType) in Numbers)
        {
            overloads.Add(Global($"{id}_{left}", [leftType, leftType], CelType.Bool));
            foreach (var (right, rightType) in Numbers)
            {
                if (left != right)
                {
                    overloads.Add(Global($"{id}_{left}_{right}", [leftType, rightType], CelType.Bool));
                }
            }
        }

        overloads.Add(Global(id + "_string", [CelType.String, CelType.String], CelType.Bool));
        overloads.Add(Global(id + "_bytes", [CelType.Bytes, CelType.Bytes], CelType.Bool));
        overloads.Add(Global(id + "_timestamp", [CelType.Timestamp, CelType.Timestamp], CelType.Bool));
        overloads.Add(Global(id + "_duration", [CelType.Duration, CelType.Duration], CelType.Bool));
        return new(name, [.. overloads])
        {
            Body = a => !Ordering.HasOrder(a[0]) ? null
                : Ordering.Compare(a[0], a[1]) is { } order ? BoolValue.Of(holds(order))
                : Ordering.Failure(a[0], a[1]),
        };
    }
}

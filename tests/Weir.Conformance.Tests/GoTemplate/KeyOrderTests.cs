using System.Numerics;
using Weir.GoTemplate;
using Weir.GoTemplate.Formatting;
using Weir.Testing;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>Go's <c>internal/fmtsort</c> tests.</summary>
public sealed class KeyOrderTests
{
    private static readonly string KnownDifferences = TestData.Path("..", "GoTemplate", "known-differences.txt");

    [Fact]
    public void Orders_keys_as_Go_does()
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var suite = new Suite("internal/fmtsort", KnownDifferences);
        foreach (var row in Rows.Of("fmtsort", "", "sortTests"))
        {
            if (Data(row) is not { } map)
            {
                // Channels and pointers go by machine address, which values do not have.
                suite.Skip(row.Id);
                continue;
            }

            suite.Run(row.Id, () =>
            {
                var got = string.Join(' ', map.Sorted().Select(e => $"{GoFormat.ToText(e.Key)}:{GoFormat.ToText(e.Value)}"));
                return got == row.Text("print") ? null : $"want {row.Text("print")}, got {got}";
            });
        }

        suite.Finish();
    }

    private static GoMap? Data(Row row) => row.Key switch
    {
        0 => Map("map[int]string", (Fixture.Int(7), "bar"), (Fixture.Int(-3), "foo")),
        1 => Map("map[uint8]string", (new IntValue(7, IntegerType.UInt8), "bar"), (new IntValue(3, IntegerType.UInt8), "foo")),
        2 => Map("map[string]string", ("7", "bar"), ("3", "foo")),
        3 => Map("map[float64]string", (7.0, "bar"), (-3.0, "foo"), (double.NaN, "nan"), (double.PositiveInfinity, "inf")),
        4 => Map(
            "map[complex128]string",
            (new GoComplex(new Complex(7, 2)), "bar2"),
            (new GoComplex(new Complex(7, 1)), "bar"),
            (new GoComplex(-3), "foo"),
            (new GoComplex(new Complex(double.NaN, 0)), "nan"),
            (new GoComplex(new Complex(double.PositiveInfinity, 0)), "inf")),
        5 => Map("map[bool]string", (true, "true"), (false, "false")),
        9 => Map("map[fmtsort.toy]string", (Toy(7, 2), "72"), (Toy(7, 1), "71"), (Toy(3, 4), "34")),
        10 => Map("map[[2]int]string", (Pair(7, 2), "72"), (Pair(7, 1), "71"), (Pair(3, 4), "34")),
        _ => null,
    };

    private static GoMap Map(string type, params (Value Key, Value Value)[] entries) =>
        new(ReflectType.Parse(type), entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));

    private static FixtureStruct Toy(int a, int b) => new FixtureStruct("fmtsort.toy").With("A", Fixture.Int(a)).With("b", Fixture.Int(b));

    private static FixtureValue Pair(int a, int b) => new(ReflectType.Parse("[2]int"), Fixture.Ints(a, b));
}

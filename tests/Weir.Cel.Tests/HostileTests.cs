using System.Diagnostics;
using System.Text;
using Weir.Values;

namespace Weir.Cel.Tests;

/// <summary>Expressions that would run for ever, or fill the memory, end with an error in bounded time.</summary>
public sealed class HostileTests
{
    private const string CostError = "operation cancelled: actual cost limit exceeded";

    [Theory]
    [InlineData("lists.range(2000).all(a, lists.range(2000).all(b, lists.range(2000).all(c, a + b + c >= 0)))")]
    [InlineData("lists.range(2000000000).size() > 0")]
    [InlineData("lists.range(100000).map(x, 'aaaaaaaaaaaaaaaaaaaa' + string(x)).join().size() > 0")]
    [InlineData("lists.range(3000).distinct().size() > 0")]
    [InlineData("sets.equivalent(lists.range(5000), lists.range(5000))")]
    [InlineData("[lists.range(900000).map(x, x)].flatten(1000000).size() > 0")]
    public void Loops_end_with_a_cost_error(string text) => Ends(text, CostError);

    [Fact]
    public void Sums_of_lists_do_not_fill_the_memory() => Ends(Nested("[1, 2, 3]", "v + v", 40) + ".all(a, a.size() > 0)", CostError);

    [Fact]
    public void Sums_of_texts_do_not_fill_the_memory() => Ends(Nested("'abc'", "v + v", 40) + ".exists(a, a == '')", CostError);

    [Fact]
    public void Replacing_does_not_fill_the_memory() => Ends(Nested("'aaaaaaaaaa'", "v.replace('a', v)", 12) + ".exists(a, a == '')", CostError);

    [Fact]
    public void Comparing_values_that_share_parts_ends()
    {
        var doubled = Nested("dyn([1])", "dyn([v, v])", 40);
        Ends($"{doubled} == {doubled}", CostError);
        Ends($"'%s'.format([{doubled}]).size() > 0", CostError);
        Ends($"{doubled}.indexOf({doubled}[0]) >= 0", CostError);
    }

    [Fact]
    public void Regular_expressions_take_time_in_proportion() =>
        Ends($"'{new string('a', 5000)}'.matches('(a|aa)*b') || '{new string('a', 3000)}'.matches('(a?){{200}}a{{200}}b')", null);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Assert.Equal("ERROR: <input>:-1:0: expression recursion limit exceeded: 250", Compile(new string('(', 10_000) + "1" + new string(')', 10_000)).Error);
        Assert.Equal("ERROR: <input>:-1:0: expression recursion limit exceeded: 250", Compile(string.Join(" + ", Enumerable.Repeat("1", 10_000))).Error);
        Assert.StartsWith("ERROR: <input>:-1:0: expression code point size exceeds limit", Compile(new string(' ', 200_000)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Macros_that_double_their_operand_are_refused()
    {
        var text = new StringBuilder("optional.of(1)");
        for (var i = 0; i < 100; i++)
        {
            text.Append(".optMap(a, a)");
        }

        var clock = Stopwatch.StartNew();
        Assert.Contains("too large", Compile(text.ToString()).Error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void Types_that_double_are_refused()
    {
        var clock = Stopwatch.StartNew();
        var error = Compile(Nested("{1: 1}", "{v: v}", 60) + ".size() > 0").Error;
        Assert.Contains("too large", error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void A_run_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var expression = Compile("lists.range(1000).all(x, x >= 0)").Expression!;
        Assert.Equal("operation interrupted", expression.Run(_ => null, cancellation: cancellation.Token).Error!.Message);
    }

    /// <summary>A list of one value to which a change was made many times: <c>[a].map(v, v + v).map(v, v + v)…</c>.</summary>
    private static string Nested(string start, string change, int times)
    {
        var text = new StringBuilder("[").Append(start).Append(']');
        for (var i = 0; i < times; i++)
        {
            text.Append(".map(v, ").Append(change).Append(')');
        }

        return text.ToString();
    }

    private static CelCompilation Compile(string text) => CelExpression.Compile(text, new CelEnvironment([]));

    private static void Ends(string text, string? error)
    {
        var (expression, mistake, _) = Compile(text);
        Assert.Equal("", mistake);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var result = expression!.Run(_ => null);
        Assert.Equal(error, result.Error?.Message);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }
}

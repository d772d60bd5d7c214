namespace Weir.Cel.Tests;

/// <summary>Costs are those of cel-go and Kubernetes: what a run costs, and what it may cost at most.</summary>
public sealed class CostTests
{
    private static readonly Dictionary<string, CelSchema> Variables = new()
    {
        ["text"] = new() { Kind = CelSchemaKind.String, MaxElements = 100 },
        ["list"] = new() { Kind = CelSchemaKind.List, MaxElements = 10, Element = new() { Kind = CelSchemaKind.String, MaxElements = 20 } },
        ["self"] = new()
        {
            Kind = CelSchemaKind.Object,
            Fields = new Dictionary<string, CelSchema> { ["name"] = new() { Kind = CelSchemaKind.String, MaxElements = 5 }, ["size"] = new() { Kind = CelSchemaKind.Int } },
        },
    };

    [Theory]
    [InlineData("1 + 1", 1)]
    [InlineData("'a' in ['a', 'b']", 0)]
    [InlineData("duration('1h') == duration('60m')", 1)]
    [InlineData("'ABCDEFGHIJ abcdefghij'.lowerAscii()", 3)]
    [InlineData("'abc'.matches('^a.*$')", 2)]
    [InlineData("[1, 2, 3].all(x, true)", 10)]
    [InlineData("[1, 2, 3].map(x, x)", 40)]
    [InlineData("has({'a': 1}.a)", 1)]
    [InlineData("quantity('12Mi') == quantity('12Mi')", 3)]
    [InlineData("cidr('192.168.0.0/16').containsIP(ip('192.168.10.6'))", 5)]
    [InlineData("[4, 3, 2, 1].sort()", 43)]
    public void A_run_costs_what_it_does(string text, long cost) => Assert.Equal(cost, Compile(text).Run(_ => null).Cost);

    [Theory]
    [InlineData("text == 'x'", 2, 2)]
    [InlineData("text.startsWith('abc')", 2, 2)]
    [InlineData("text.contains('abc')", 1, 11)]
    [InlineData("text.matches('abc')", 2, 12)]
    [InlineData("list.all(x, x == 'y')", 2, 52)]
    [InlineData("list.map(x, x.size()).sum() > 0", 0, 0)]
    [InlineData("self.name == self.name", 5, 5)]
    [InlineData("self.size > 3", 3, 3)]
    [InlineData("list.join(',') == ''", 1, 22)]
    public void An_estimate_follows_the_schema(string text, ulong min, ulong max)
    {
        var estimate = Compile(text).EstimateCost(Variables);
        if (max > 0)
        {
            Assert.Equal(new CostRange(min, max), estimate);
        }
        else
        {
            Assert.InRange(estimate.Max, 1UL, 1000UL);
        }
    }

    [Fact]
    public void What_has_no_limit_costs_without_limit() =>
        Assert.Equal(ulong.MaxValue, CelExpression.Compile(
            "list.all(a, list.all(b, a.contains(b)))", new CelEnvironment([new("list", CelType.List(CelType.String))]))
            .Expression!.EstimateCost(new Dictionary<string, CelSchema>()).Max);

    private static CelExpression Compile(string text) =>
        CelExpression.Compile(text, new CelEnvironment(Variables.Select(v => KeyValuePair.Create(v.Key, v.Value.ToType(v.Key))))).Expression!;
}

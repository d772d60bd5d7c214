using System.Text;

namespace Weir.Helm.Tests.Schemas;

public sealed class RemoteSchemasTests
{
    private const string Port = "https://example.com/schemas/port.json";
    private const string Number = "https://example.com/schemas/number.json";

    private readonly Chart _chart = TestCharts.Load(("values.schema.json", $$$"""{"properties":{"port":{"$ref":"{{{Port}}}"} } }"""));

    [Fact]
    public void A_chart_says_which_schemas_it_needs_round_by_round()
    {
        var schemas = new RemoteSchemas();
        Assert.Equal([Port], schemas.Missing(_chart));
        Add(schemas, Port, """{"$ref":"number.json#/$defs/small"}""");
        Assert.Equal([Number], schemas.Missing(_chart));
        Add(schemas, Number, """{"$defs":{"small":{"type":"integer","maximum":9}}}""");
        Assert.Empty(schemas.Missing(_chart));
        var options = new RenderOptions { Schemas = schemas };
        Assert.Null(TestCharts.Render(_chart, "{port: 5}", options).Error);
        Assert.Contains("at '/port': maximum: got 10, want 9", TestCharts.Render(_chart, "{port: 10}", options).Error);
    }

    [Fact]
    public void What_cannot_be_had_fails_the_chart_until_it_can()
    {
        var schemas = new RemoteSchemas();
        schemas.AddFailure(Port, "no such host");
        Assert.Contains($"failing loading \"{Port}\": no such host", TestCharts.Render(_chart, "{}", new RenderOptions { Schemas = schemas }).Error);
        Assert.Empty(schemas.Missing(_chart));
        schemas.Forget(Port);
        Assert.Equal([Port], schemas.Missing(_chart));
        Add(schemas, Port, "{}");
        Assert.Null(TestCharts.Render(_chart, "{}", new RenderOptions { Schemas = schemas }).Error);
    }

    [Fact]
    public void Without_fetched_schemas_the_chart_fails() =>
        Assert.Contains("schemas are not fetched from the network", TestCharts.Render(_chart, "{}").Error);

    [Fact]
    public void Documents_that_refer_to_each_other_in_a_circle_are_read_once()
    {
        var schemas = new RemoteSchemas();
        Add(schemas, Port, $$$"""{"type":["object","integer"],"properties":{"next":{"$ref":"{{{Number}}}"} } }""");
        Add(schemas, Number, $$$"""{"$ref":"{{{Port}}}"}""");
        Assert.Empty(schemas.Missing(_chart));
        Assert.Contains("'/port/next/next'", TestCharts.Render(_chart, "{port: {next: {next: text}}}", new RenderOptions { Schemas = schemas }).Error);
    }

    private static void Add(RemoteSchemas schemas, string address, string text) => schemas.Add(address, Encoding.UTF8.GetBytes(text));
}

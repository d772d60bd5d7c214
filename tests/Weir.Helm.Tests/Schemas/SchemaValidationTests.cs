namespace Weir.Helm.Tests.Schemas;

public sealed class SchemaValidationTests
{
    [Fact]
    public void All_violations_are_told_with_the_place_of_the_value()
    {
        var chart = TestCharts.Load(("values.schema.json", """{"type":"object","required":["host"],"properties":{"port":{"type":"integer","maximum":9}}}"""));
        var values = ValuesReader.Read("a: 1\nport: text\n", "my.yaml").Result!;
        var rendering = HelmRenderer.Render(chart, new ReleaseOptions { Name = "r", Namespace = "size" }, values);
        Assert.Equal(
            "values don't meet the specifications of the schema(s) in the following chart(s):\napp:\n- at '': missing property 'host'\n- at '/port': got string, want integer\n",
            rendering.Error);
        Assert.Contains("/port is set at my.yaml:2", rendering.Diagnostics[^1].Hint);
    }

    [Theory]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#","properties":{"size":{"maximum":5,"exclusiveMaximum":true}}}""", "{size: 5}")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-06/schema#","properties":{"size":{"exclusiveMaximum":5}}}""", "{size: 5}")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","if":{"required":["size"],"properties":{"size":{"const":1}}},"then":{"required":["port"]}}""", "{size: 1}")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","dependentRequired":{"size":["port"]}}""", "{size: 1}")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","properties":{"list":{"prefixItems":[{"type":"string"}],"items":false}}}""", "{list: [a, b]}")]
    [InlineData("""{"properties":{"size":{"$ref":"#/$defs/small"}},"$defs":{"small":{"maximum":1}}}""", "{size: 2}")]
    [InlineData("""{"properties":{"size":true},"additionalProperties":false}""", "{typo: 2}")]
    public void Every_draft_has_its_rules(string schema, string values)
    {
        var chart = TestCharts.Load(("values.schema.json", schema));
        Assert.NotNull(TestCharts.Render(chart, values).Error);
        Assert.Null(TestCharts.Render(chart, "{}").Error);
        Assert.Null(TestCharts.Render(chart, values, new RenderOptions { SkipSchemaValidation = true }).Error);
    }

    [Fact]
    public void A_subchart_is_checked_with_its_own_schema()
    {
        var chart = TestCharts.Load(
            ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"),
            ("charts/child/values.schema.json", """{"properties":{"size":{"type":"integer"}}}"""));
        Assert.Contains("child:\n- at '/size': got string, want integer\n", TestCharts.Render(chart, "{child: {size: text}}").Error);
    }

    [Fact]
    public void A_schema_that_is_none_stops_all() =>
        Assert.NotNull(TestCharts.Render(TestCharts.Load(("values.schema.json", """{"type":"strange"}"""))).Error);
}

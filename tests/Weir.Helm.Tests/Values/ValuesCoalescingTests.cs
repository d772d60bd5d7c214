using Weir.Values;

namespace Weir.Helm.Tests.Values;

public sealed class ValuesCoalescingTests
{
    private static readonly (string, string) Child = ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n");

    [Fact]
    public void Tables_are_merged_and_lists_replaced() => Assert.Equal(
        """{"list":[3],"table":{"a":1,"b":3}}""",
        Coalesced("{table: {a: 1, b: 2}, list: [1, 2]}", "{table: {b: 3}, list: [3]}"));

    [Fact]
    public void A_null_removes_a_default() => Assert.Equal("""{"table":{"b":2}}""", Coalesced("{table: {a: 1, b: 2}, c: 1}", "{table: {a: null}, c: null}"));

    [Fact]
    public void A_null_for_which_there_is_no_default_stays() => Assert.Equal("""{"a":null}""", Coalesced("{}", "{a: null}"));

    [Fact]
    public void Nulls_among_the_defaults_are_as_if_not_written() => Assert.Equal("""{"b":{"d":1}}""", Coalesced("{a: null, b: {c: null, d: 1}}", "{}"));

    [Fact]
    public void A_table_is_not_replaced_by_a_scalar_default()
    {
        var rendering = TestCharts.Render(TestCharts.Load(("values.yaml", "a: text")), "{a: {b: 1}}");
        Assert.Equal("""{"a":{"b":1}}""", TestCharts.Json(rendering.Values));
        Assert.Contains(rendering.Diagnostics, d => d.Message == "warning: skipped value for app.a: Not a table.");
    }

    [Fact]
    public void A_subchart_gets_its_values_and_the_globals()
    {
        var chart = TestCharts.Load(Child, ("charts/child/values.yaml", "{a: 1, global: {own: 1, shared: child}}"), ("values.yaml", "{child: {b: 2}, global: {shared: parent}}"));
        var rendering = TestCharts.Render(chart, "{child: {c: 3}}");
        Assert.Equal(
            """{"child":{"a":1,"b":2,"c":3,"global":{"own":1,"shared":"parent"}},"global":{"shared":"parent"}}""",
            TestCharts.Json(rendering.Values));
    }

    [Fact]
    public void A_release_removes_a_default_of_a_subchart() => Assert.Equal(
        """{"child":{"b":2,"global":{}}}""",
        TestCharts.Json(TestCharts.Render(TestCharts.Load(Child, ("charts/child/values.yaml", "{a: 1, b: 2}")), "{child: {a: null}}").Values));

    [Fact]
    public void A_null_among_the_defaults_of_a_parent_removes_nothing_from_its_subchart() => Assert.Equal(
        """{"child":{"a":1,"b":2,"global":{}}}""",
        TestCharts.Json(TestCharts.Render(TestCharts.Load(Child, ("charts/child/values.yaml", "{a: 1, b: 2}"), ("values.yaml", "{child: {a: null}}"))).Values));

    [Fact]
    public void Values_of_a_subchart_must_be_a_map()
    {
        var rendering = TestCharts.Render(TestCharts.Load(Child), "{child: text}");
        Assert.Equal("type mismatch on child: %!t(string)", rendering.Error);
    }

    [Fact]
    public void Nothing_given_is_changed()
    {
        var chart = TestCharts.Load(("values.yaml", "{a: {b: 1}}"), ("templates/t.yaml", "{{ $_ := set .Values.a \"b\" 2 }}"));
        var values = TestCharts.Map("{a: {c: 1}}");
        var rendering = HelmRenderer.Render(chart, new ReleaseOptions { Name = "r", Namespace = "n" }, values);
        Assert.Equal("""{"a":{"c":1}}""", TestCharts.Json(values));
        Assert.Equal("""{"a":{"b":1}}""", TestCharts.Json(chart.Values));
        Assert.Equal("""{"a":{"b":1,"c":1}}""", TestCharts.Json(rendering.Values));
    }

    [Fact]
    public void Files_of_values_win_over_one_another_nulls_included() => Assert.Equal(
        """{"a":{"b":null,"c":2},"d":[2]}""",
        TestCharts.Json(ValuesMerge.Merge(TestCharts.Map("{a: {b: 1, c: 2}, d: [1]}"), TestCharts.Map("{a: {b: null}, d: [2]}"))));

    private static string Coalesced(string defaults, string values) =>
        TestCharts.Json(TestCharts.Render(TestCharts.Load(("values.yaml", defaults)), values).Values);
}

using Weir.Values;

namespace Weir.Helm.Tests.Dependencies;

public sealed class ChartDependenciesTests
{
    private const string Head = "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n";

    [Fact]
    public void A_condition_decides() => Assert.Multiple(
        () => Assert.Equal(["a"], Names("- {name: a, version: 0.1.0, condition: a.enabled}\n- {name: b, version: 0.1.0, condition: b.enabled}", "{a: {enabled: true}, b: {enabled: false}}")),
        () => Assert.Equal(["a", "b"], Names("- {name: a, version: 0.1.0, condition: a.enabled}\n- {name: b, version: 0.1.0}", "{}")));

    [Fact]
    public void The_first_condition_that_is_a_bool_decides() => Assert.Equal(
        ["b"],
        Names("- {name: a, version: 0.1.0, condition: 'one.none,two.off,three.on'}\n- {name: b, version: 0.1.0}", "{two: {'off': false}, three: {'on': true}}"));

    [Fact]
    public void A_tag_turns_off_what_no_other_tag_turns_on() => Assert.Equal(
        ["b"],
        Names("- {name: a, version: 0.1.0, tags: [back]}\n- {name: b, version: 0.1.0, tags: [back, front]}", "{tags: {back: false, front: true}}"));

    [Fact]
    public void A_condition_wins_over_tags() => Assert.Equal(
        ["a", "b"],
        Names("- {name: a, version: 0.1.0, tags: [back], condition: a.enabled}\n- {name: b, version: 0.1.0}", "{tags: {back: false}, a: {enabled: true}}"));

    [Fact]
    public void A_condition_that_is_no_bool_is_told_of()
    {
        var rendering = TestCharts.Render(Parent("- {name: a, version: 0.1.0, condition: a.enabled}\n- {name: b, version: 0.1.0}"), "{a: {enabled: 'yes please'}}");
        Assert.Contains(rendering.Diagnostics, d => d.Message == "returned non-bool value for condition a.enabled of chart a");
        Assert.Equal(2, rendering.Manifests.Count);
    }

    [Fact]
    public void An_alias_gives_the_chart_another_name_and_values_of_its_own()
    {
        var chart = Parent("- {name: a, version: 0.1.0, alias: one}\n- {name: a, version: 0.1.0, alias: two}\n- {name: b, version: 0.1.0}");
        var rendering = TestCharts.Render(chart, "{one: {size: 1}, two: {size: 2}}");
        Assert.Equal(
            ["app/charts/b/templates/t.yaml: b", "app/charts/one/templates/t.yaml: one1", "app/charts/two/templates/t.yaml: two2"],
            rendering.Manifests.Select(m => $"{m.Source}: {m.Object!.GetString("name")}"));
    }

    [Fact]
    public void A_chart_that_no_entry_names_is_always_part() => Assert.Equal(["a", "b"], Names("- {name: a, version: 0.1.0}", "{b: {enabled: false}}"));

    [Fact]
    public void An_entry_for_which_no_chart_is_there_stops_all()
    {
        var rendering = TestCharts.Render(Parent("- {name: missing, version: 1.0.0}"));
        Assert.EndsWith("found in Chart.yaml, but missing in charts/ directory: missing", rendering.Error);
    }

    [Fact]
    public void A_chart_exports_values_to_its_parent()
    {
        var chart = Parent("- {name: a, version: 0.1.0, import-values: [data]}\n- {name: b, version: 0.1.0}", ("charts/a/values.yaml", "exports: {data: {port: 80, host: a}}"), ("values.yaml", "host: mine"));
        var values = TestCharts.Render(chart).Values;
        Assert.Equal("80", TestCharts.Json(values["port"]));
        Assert.Equal("mine", values.GetString("host"));
    }

    [Fact]
    public void Values_of_a_child_are_imported_to_another_place()
    {
        var chart = Parent("- {name: a, version: 0.1.0, import-values: [{child: net, parent: from.a}]}\n- {name: b, version: 0.1.0}", ("charts/a/values.yaml", "net: {port: 80}"));
        Assert.Equal("""{"a":{"port":80}}""", TestCharts.Json(TestCharts.Render(chart).Values["from"]));
    }

    [Fact]
    public void Of_a_library_only_definitions_are_taken()
    {
        var chart = TestCharts.Load(
            ("charts/lib/Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n"),
            ("charts/lib/templates/_name.tpl", "{{ define \"lib.name\" }}from-lib{{ end }}"),
            ("charts/lib/templates/never.yaml", "kind: Never"),
            ("templates/t.yaml", "name: {{ include \"lib.name\" . }}"));
        Assert.Equal("from-lib", Assert.Single(TestCharts.Render(chart).Manifests).Object!.GetString("name"));
    }

    [Fact]
    public void A_library_cannot_be_installed() => Assert.Equal(
        "library charts are not installable",
        TestCharts.Render(TestCharts.Load(("Chart.yaml", "apiVersion: v2\nname: lib\nversion: 0.1.0\ntype: library\n"))).Error);

    private static string[] Names(string dependencies, string values) =>
        [.. TestCharts.Render(Parent(dependencies), values).Manifests.Select(m => m.Object!.GetString("name")!)];

    private static Chart Parent(string dependencies, params (string Path, string Text)[] files) => TestCharts.Load(
    [
        ("Chart.yaml", Head + dependencies + "\n"),
        ("charts/a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 0.1.0\n"),
        ("charts/a/templates/t.yaml", "name: {{ .Chart.Name }}{{ .Values.size }}"),
        ("charts/b/Chart.yaml", "apiVersion: v2\nname: b\nversion: 0.1.0\n"),
        ("charts/b/templates/t.yaml", "name: {{ .Chart.Name }}"),
        .. files,
    ]);
}

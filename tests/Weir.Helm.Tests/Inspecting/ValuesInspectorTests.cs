using Weir.Values;

namespace Weir.Helm.Tests.Inspecting;

public sealed class ValuesInspectorTests
{
    private static readonly (string, string) Child = ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n");

    [Fact]
    public void A_mistyped_key_is_told_with_its_line_and_the_nearest_name()
    {
        var chart = TestCharts.Load(("values.yaml", "replicas: 1\nimage: {tag: x}\n"), ("templates/t.yaml", "{{ .Values.replicas }}{{ .Values.image.tag }}"));
        var given = ValuesReader.Read("image:\n  tagg: y\nreplica: 2\n", "my.yaml").Result!;
        Assert.Equal(
            ["my.yaml:2:3: 'image.tagg' is not a value of this chart (did you mean 'tag'?)", "my.yaml:3:1: 'replica' is not a value of this chart (did you mean 'replicas'?)"],
            ValuesInspector.Inspect(chart, given).Diagnostics.Select(d => d.ToString()));
    }

    [Fact]
    public void Below_a_value_that_is_taken_whole_every_key_may_stand() =>
        Assert.Empty(Findings("{{ toYaml .Values.resources }}", "resources: {}", "{resources: {limits: {cpu: 1}}}"));

    [Fact]
    public void A_default_that_no_template_uses_is_told_once() => Assert.Equal(
        ["no template uses 'old'", "no template uses 'image.digest'"],
        Findings("{{ .Values.image.tag }}", "image: {tag: a, digest: b}\nold: {a: 1, b: 2}\n").OrderByDescending(m => m, StringComparer.Ordinal));

    [Theory]
    [InlineData("{{ with .Values.a }}{{ .b }}{{ end }}")]
    [InlineData("{{ range $k, $v := .Values.a }}{{ $v }}{{ end }}")]
    [InlineData("{{ $x := .Values.a }}{{ if true }}{{ $x = .Values }}{{ end }}{{ $x.b }}")]
    [InlineData("{{ index .Values \"a\" \"b\" }}")]
    [InlineData("{{ get .Values.a \"b\" }}")]
    [InlineData("{{ dig \"a\" \"b\" \"\" .Values }}")]
    [InlineData("{{ (default .Values.a .Values.other).b }}")]
    [InlineData("{{ define \"h\" }}{{ .v.b }}{{ end }}{{ include \"h\" (dict \"v\" .Values.a) }}")]
    [InlineData("{{ define \"h\" }}{{ .ctx.Values.a.b }}{{ end }}{{ template \"h\" (dict \"ctx\" $) }}")]
    [InlineData("{{ tpl \"{{ .Values.a.b }}\" . }}")]
    [InlineData("{{ include (printf \"%s\" \"none\") . }}{{ merge .Values.a dict | toYaml }}")]
    [InlineData("{{ $f := list .Values.a }}{{ range $f }}{{ .b }}{{ end }}")]
    [InlineData("{{ include .Values.name . }}")]
    public void A_use_is_seen_wherever_it_stands(string template) =>
        Assert.DoesNotContain("no template uses 'a.b'", Findings(template, "a: {b: 1}"));

    [Fact]
    public void A_template_in_a_value_is_followed() => Assert.DoesNotContain(
        "no template uses 'host'",
        Findings("{{ tpl (toYaml .Values.hosts) . }}", "host: a\nhosts: ['{{ .Values.host }}']\n"));

    [Fact]
    public void A_value_that_a_template_needs_and_nobody_gives_is_an_error()
    {
        var found = Diagnostics("a: {{ .Values.db.host }}\n", "{}");
        Assert.Equal("app/templates/t.yaml:1:14: the template reads 'host' of 'db', which no file gives", Assert.Single(found).ToString().Split(" (")[0]);
    }

    [Theory]
    [InlineData("{{ if .Values.db }}{{ .Values.db.host }}{{ end }}")]
    [InlineData("{{ and .Values.db .Values.db.host }}")]
    [InlineData("{{ ((.Values.db).host).name }}")]
    [InlineData("{{ with .Values.db }}{{ .host.name }}{{ end }}")]
    [InlineData("{{ if eq .Values.kind \"external\" }}{{ .Values.db.host }}{{ end }}")]
    [InlineData("{{ $_ := set .Values \"db\" (dict \"host\" \"x\") }}{{ .Values.db.host }}")]
    public void What_is_asked_for_only_under_a_condition_that_does_not_hold_is_no_error(string template) =>
        Assert.DoesNotContain(Diagnostics(template, "kind: internal"), d => d.Severity == Severity.Error);

    [Fact]
    public void A_required_value_is_told_in_the_words_of_its_author() => Assert.Equal(
        "'password' is required and no file gives it: set a password",
        Assert.Single(Diagnostics("{{ required \"set a password\" .Values.password }}", "password: ''")).Message);

    [Fact]
    public void Values_for_a_subchart_are_checked_with_the_subchart() => Assert.Equal(
        ["values.yaml:1:9: 'child.sise' is not a value of this chart (did you mean 'size'?)"],
        Inspect([Child, ("charts/child/values.yaml", "size: 1"), ("charts/child/templates/t.yaml", "{{ .Values.size }}"), ("values.yaml", "child: {sise: 2}")], "{}").Diagnostics.Select(d => d.ToString()));

    [Fact]
    public void Globals_belong_to_all_charts() => Assert.Empty(
        Inspect([Child, ("charts/child/templates/t.yaml", "{{ .Values.global.domain }}"), ("values.yaml", "global: {domain: x}")], "{}").Diagnostics);

    [Fact]
    public void Conditions_and_tags_use_values() => Assert.Empty(Inspect(
        [
            ("Chart.yaml", TestCharts.Metadata + "dependencies:\n- {name: child, version: 0.1.0, condition: child.enabled, tags: [extra]}\n"),
            Child, ("values.yaml", "child: {enabled: true}\ntags: {extra: true}\n"),
        ],
        "{}").Diagnostics);

    [Fact]
    public void Every_value_is_listed_with_its_uses()
    {
        var values = Inspect([("values.yaml", "a: {b: 1}\n"), ("templates/t.yaml", "{{ .Values.a.b }}{{ .Values.c }}")], "{}").Values;
        Assert.Equal(["a.b=1 app/templates/t.yaml:1:11", "c=- app/templates/t.yaml:1:28"], values.Select(v => $"{v.Path}={v.Default?.ToString() ?? "-"} {v.Uses[0].At}"));
    }

    private static IEnumerable<string> Findings(string template, string defaults, string values = "{}") =>
        Diagnostics(template, defaults, values).Select(d => d.Message);

    private static IReadOnlyList<Diagnostic> Diagnostics(string template, string defaults, string values = "{}") =>
        Inspect([("values.yaml", defaults), ("templates/t.yaml", template)], values).Diagnostics;

    private static ValuesInspection Inspect((string Path, string Text)[] files, string values) =>
        ValuesInspector.Inspect(TestCharts.Load(files), TestCharts.Map(values));
}

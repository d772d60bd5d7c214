namespace Weir.Helm.Tests.Rendering;

public sealed class TemplateScopeTests
{
    [Fact]
    public void The_release_and_the_chart_are_known() => Assert.Equal(
        "rel ns 1 true false Helm app 1.2.3 app/templates/NOTES.txt app/templates",
        TestCharts.Text("{{ .Release.Name }} {{ .Release.Namespace }} {{ .Release.Revision }} {{ .Release.IsInstall }} {{ .Release.IsUpgrade }} {{ .Release.Service }} {{ .Chart.Name }} {{ .Chart.Version }} {{ .Template.Name }} {{ .Template.BasePath }}"));

    [Fact]
    public void The_cluster_is_the_one_helm_assumes() => Assert.Equal(
        "v1.36.0 1 36 true false",
        TestCharts.Text("{{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Major }} {{ .Capabilities.KubeVersion.Minor }} {{ .Capabilities.APIVersions.Has \"apps/v1\" }} {{ .Capabilities.APIVersions.Has \"apps/v1/Deployment\" }}"));

    [Fact]
    public void Numbers_of_values_print_as_floats() => Assert.Equal("1e+06 1000000 1.5", TestCharts.Text("{{ .Values.one }} {{ toYaml .Values.one }} {{ .Values.two }}", defaults: "{one: 1000000, two: 1.5}"));

    [Fact]
    public void A_missing_value_is_nothing() => Assert.Equal("[]", TestCharts.Text("[{{ .Values.none }}]"));

    [Fact]
    public void Files_are_found_by_name_and_pattern()
    {
        var chart = TestCharts.Load(
            ("config/a.ini", "x=1\n"), ("config/deep/b.ini", "y=2\n"),
            ("templates/NOTES.txt", "{{ .Files.Get \"config/a.ini\" }}{{ range $path, $_ := .Files.Glob \"config/**.ini\" }}{{ $path }};{{ end }}\n{{ (.Files.Glob \"config/*\").AsConfig }}\n{{ (.Files.Glob \"config/*\").AsSecrets }}\n{{ .Files.Lines \"config/a.ini\" }}"));
        Assert.Equal("x=1\nconfig/a.ini;config/deep/b.ini;\na.ini: |\n  x=1\na.ini: eD0xCg==\n[x=1]", TestCharts.Render(chart).Notes);
    }

    [Fact]
    public void Templates_of_a_parent_replace_those_of_its_subcharts()
    {
        var chart = TestCharts.Load(
            ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"),
            ("charts/child/templates/_h.tpl", "{{ define \"name\" }}child{{ end }}"),
            ("charts/child/templates/t.yaml", "a: {{ include \"name\" . }}"),
            ("templates/_h.tpl", "{{ define \"name\" }}parent{{ end }}"));
        Assert.Equal("a: parent", Assert.Single(TestCharts.Render(chart).Manifests).Text);
    }

    [Fact]
    public void Text_is_a_template_for_tpl() => Assert.Equal("hello rel", TestCharts.Text("{{ tpl .Values.greeting . }}", defaults: "greeting: 'hello {{ .Release.Name }}'"));

    [Fact]
    public void A_lookup_without_a_cluster_finds_nothing() => Assert.Equal("map[]", TestCharts.Text("{{ lookup \"v1\" \"Secret\" \"ns\" \"s\" }}"));

    [Fact]
    public void A_lookup_finds_the_objects_at_hand()
    {
        var objects = new ObjectLookup([TestCharts.Map("{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: ns}, data: {k: v}}")]);
        Assert.Equal("v 1", TestCharts.Text(
            "{{ (lookup \"v1\" \"Secret\" \"ns\" \"s\").data.k }} {{ len (lookup \"v1\" \"Secret\" \"\" \"\").items }}",
            options: new RenderOptions { Lookup = objects.Find }));
    }

    [Fact]
    public void Crds_stand_before_the_manifest_when_asked_for()
    {
        var chart = TestCharts.Load(("crds/c.yaml", "kind: CustomResourceDefinition\n"), ("templates/t.yaml", "kind: Pod\n"));
        Assert.DoesNotContain("crds", TestCharts.Render(chart).Manifest);
        Assert.StartsWith("---\n# Source: app/crds/c.yaml\nkind: CustomResourceDefinition\n", TestCharts.Render(chart, options: new RenderOptions { IncludeCrds = true }).Manifest);
    }

    [Fact]
    public void A_cluster_that_is_too_old_is_refused()
    {
        var chart = TestCharts.Load(("Chart.yaml", TestCharts.Metadata + "kubeVersion: '>=9.0.0'\n"));
        Assert.Equal("chart requires kubeVersion: >=9.0.0 which is incompatible with Kubernetes v1.36.0", TestCharts.Render(chart).Error);
    }

    [Fact]
    public void Documents_are_chosen_by_the_file_they_come_from()
    {
        var output = TemplateText.Print(TestCharts.Render(TestCharts.Load(("templates/a.yaml", "a: 1\n"), ("templates/b.yaml", "b: 1\n"))));
        Assert.Equal(("---\n# Source: app/templates/b.yaml\nb: 1\n\n", null), TemplateText.Only(output, ["templates/b*"]));
        Assert.Equal("could not find template templates/c.yaml in chart", TemplateText.Only(output, ["templates/c.yaml"]).Error);
    }
}

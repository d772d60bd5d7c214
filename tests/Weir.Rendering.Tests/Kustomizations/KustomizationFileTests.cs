using Weir.Values;

namespace Weir.Rendering.Tests.Kustomizations;

public sealed class KustomizationFileTests
{
    [Fact]
    public void A_folder_without_a_kustomization_file_gives_every_yaml_file_below_it()
    {
        var rendering = Rendered.Kustomization(
            "path: ./apps",
            ("apps/b.yml", Rendered.ConfigMap.Replace("settings", "b")),
            ("apps/a/deep/a.yaml", Rendered.ConfigMap.Replace("settings", "a")),
            ("apps/README.md", "no object"),
            ("apps/chart.json", "{}"),
            ("other/c.yaml", Rendered.ConfigMap));
        Assert.Equal("ConfigMap/a ConfigMap/b", rendering.Names());
    }

    [Fact]
    public void A_folder_below_with_its_own_kustomization_file_is_built_as_one()
    {
        var rendering = Rendered.Kustomization(
            "path: ./apps",
            ("apps/one.yaml", Rendered.ConfigMap.Replace("settings", "one")),
            ("apps/two/kustomization.yaml", "resources: [used.yaml]\nnamePrefix: my-"),
            ("apps/two/used.yaml", Rendered.ConfigMap.Replace("settings", "used")),
            ("apps/two/unused.yaml", Rendered.ConfigMap.Replace("settings", "unused")));
        Assert.Equal("ConfigMap/one ConfigMap/my-used", rendering.Names());
    }

    [Fact]
    public void An_empty_folder_gives_nothing() =>
        Assert.Equal("", Rendered.Kustomization("path: ./apps", ("apps/README.md", "")).Names());

    [Fact]
    public void An_empty_kustomization_file_gives_nothing() =>
        Assert.Equal("", Rendered.Kustomization("path: ./apps", ("apps/kustomization.yaml", "")).Names());

    [Fact]
    public void A_path_that_is_missing_is_said_with_what_there_is()
    {
        var rendering = Rendered.Kustomization("path: ./apps/prodution", ("apps/production/a.yaml", Rendered.ConfigMap), ("apps/staging/a.yaml", Rendered.ConfigMap));
        Assert.True(rendering.IsPathMissing);
        Assert.Equal("kustomization path not found: ./apps/prodution", rendering.Mistake());
        Assert.Equal("'apps' has production, staging", rendering.Diagnostics[0].Hint);
    }

    [Fact]
    public void The_spec_adds_to_the_file_that_is_there()
    {
        var rendering = Rendered.Kustomization(
            """
            path: ./apps
            namePrefix: pre-
            nameSuffix: -post
            images:
            - {name: nginx, newTag: "2.0"}
            patches:
            - patch: '[{"op": "add", "path": "/spec/replicas", "value": 3}]'
              target: {kind: Deployment}
            """,
            ("apps/kustomization.yaml", "resources: [all.yaml]\nimages: [{name: nginx, newName: mirror/nginx, newTag: '1.9'}]"),
            ("apps/all.yaml", Rendered.Deployment));
        var deployment = rendering.Single();
        Assert.Equal("pre-web-post", deployment.Text("metadata", "name"));
        Assert.Equal(3, deployment.GetMap("spec")!.GetInt("replicas"));
        Assert.Equal("mirror/nginx:2.0", Image(deployment));
    }

    [Fact]
    public void A_digest_of_the_spec_takes_the_place_of_a_tag_in_the_file()
    {
        var digest = "sha256:" + new string('a', 64);
        var rendering = Rendered.Kustomization(
            $"path: ./apps\nimages: [{{name: nginx, digest: '{digest}'}}]",
            ("apps/kustomization.yaml", "resources: [all.yaml]\nimages: [{name: nginx, newTag: '1.9'}]"),
            ("apps/all.yaml", Rendered.Deployment));
        Assert.Equal($"nginx@{digest}", Image(rendering.Single()));
    }

    [Fact]
    public void The_target_namespace_takes_the_place_of_every_namespace()
    {
        var rendering = Rendered.Kustomization(
            "path: ./apps\ntargetNamespace: live",
            ("apps/a.yaml", Rendered.ConfigMap.Replace("name: settings", "name: a\n  namespace: other")),
            ("apps/b.yaml", Rendered.ConfigMap.Replace("settings", "b")),
            ("apps/c.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: own}"));
        Assert.Equal("ConfigMap/a ConfigMap/b Namespace/live", rendering.Names());
        Assert.Equal(["live", "live", null], rendering.Objects.Select(static o => o.Text("metadata", "namespace")));
    }

    [Fact]
    public void Components_change_what_the_folder_gives()
    {
        var rendering = Rendered.Kustomization(
            "path: ./apps/production\ncomponents: [../../components/team]",
            ("apps/production/kustomization.yaml", "resources: [all.yaml]"),
            ("apps/production/all.yaml", Rendered.ConfigMap),
            ("components/team/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncommonAnnotations: {team: a}"));
        Assert.Equal("a", rendering.Single().Text("metadata", "annotations", "team"));
    }

    [Fact]
    public void Components_that_are_missing_fail_unless_they_may_be()
    {
        (string, string)[] files = [("apps/kustomization.yaml", "resources: [all.yaml]"), ("apps/all.yaml", Rendered.ConfigMap)];
        Assert.StartsWith("kustomize build failed: ", Rendered.Kustomization("path: ./apps\ncomponents: [../none]", files).Mistake(), StringComparison.Ordinal);
        Assert.Equal("ConfigMap/settings", Rendered.Kustomization("path: ./apps\ncomponents: [../none]\nignoreMissingComponents: true", files).Names());
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("https://example.com/a")]
    [InlineData("github.com/a/b?ref=v1")]
    public void Components_from_elsewhere_are_refused(string component) => Assert.Equal(
        $"component path '{component}' must be local and relative",
        Rendered.Kustomization($"path: ./apps\ncomponents: ['{component}']", ("apps/a.yaml", Rendered.ConfigMap)).Mistake());

    [Fact]
    public void Build_metadata_is_written_into_annotations()
    {
        var rendering = Rendered.Kustomization(
            "path: ./apps\nbuildMetadata: [originAnnotations]",
            ("apps/kustomization.yaml", "resources: [all.yaml]"),
            ("apps/all.yaml", Rendered.ConfigMap));
        Assert.Equal("path: all.yaml\n", rendering.Single().Text("metadata", "annotations", "config.kubernetes.io/origin"));
    }

    [Fact]
    public void A_kustomization_file_that_is_no_yaml_is_placed()
    {
        var rendering = Rendered.Kustomization("path: ./apps", ("apps/kustomization.yaml", "resources:\n- a\n b: c\n"));
        Assert.Equal("apps/kustomization.yaml", Assert.Single(rendering.Diagnostics, static d => d.Severity == Severity.Error).Span.File);
        Assert.Empty(rendering.Objects);
    }

    [Fact]
    public void The_path_may_leave_its_folder_but_not_the_artifact()
    {
        (string, string)[] files = [("base/a.yaml", Rendered.ConfigMap), ("base/kustomization.yaml", "resources: [a.yaml]")];
        Assert.Equal("ConfigMap/settings", Rendered.Kustomization("path: ./apps", [.. files, ("apps/kustomization.yaml", "resources: [../base]")]).Names());
        Assert.True(Rendered.Kustomization("path: ./apps", [.. files, ("apps/kustomization.yaml", "resources: [../../base]")]).HasErrors);
    }

    private static string? Image(MapValue deployment) =>
        (deployment.At("spec", "template", "spec", "containers") as ListValue)![0].At("image")?.ToString();
}

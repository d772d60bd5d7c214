using Weir.Values;

namespace Weir.Kustomize.Tests;

public sealed class TransformingTests
{
    [Fact]
    public void A_patch_of_a_label_changes_the_selector_that_was_made_with_it()
    {
        // kustomize puts one node into all label maps of an object, so that whoever changes one changes all.
        var result = Builds.Run(
            "over",
            ("base/kustomization.yaml", "resources: [deployment.yaml]\ncommonLabels: {team: a}"),
            ("base/deployment.yaml", Builds.Deployment),
            ("over/kustomization.yaml", "resources: [../base]\npatches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: web, labels: {team: b}}\n"));
        Assert.Equal("b", result.Single().At("spec", "selector", "matchLabels", "team")?.ToString());
    }

    [Fact]
    public void Lists_of_custom_resources_are_replaced_and_those_of_built_in_kinds_merged()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [all.yaml]\npatches: [{path: patch.yaml}]"),
            ("app/all.yaml", Builds.Deployment + "\n---\napiVersion: x/v1\nkind: Thing\nmetadata: {name: t}\nspec: {items: [{name: a}]}\n"),
            ("app/patch.yaml", "apiVersion: x/v1\nkind: Thing\nmetadata: {name: t}\nspec: {items: [{name: b}]}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: side}]}}}\n"));
        Assert.Null(result.Error);
        Assert.Equal(["side", "main"], Names(result.Objects[0].At("spec", "template", "spec", "containers")));
        Assert.Equal(["b"], Names(result.Objects[1].At("spec", "items")));
    }

    [Fact]
    public void Numbers_keep_their_text_when_they_are_copied_into_strings()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [all.yaml]\nreplacements:\n- source: {kind: A, fieldPath: version}\n  targets: [{select: {kind: B}, fieldPaths: [text]}]\n"),
            ("app/all.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nversion: 1.10\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}\ntext: old\n"));
        Assert.Null(result.Error);
        Assert.Equal("1.10", Assert.IsType<StringValue>(result.Objects[1]["text"]).Value);
        Assert.Equal(1.1, Assert.IsType<FloatValue>(result.Objects[0]["version"]).Value);
    }

    [Fact]
    public void A_text_that_does_not_fit_a_number_is_a_mistake()
    {
        var result = Builds.WithDeployment("replacements: [{sourceValue: many, targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]}]");
        Assert.Equal("map[string]interface {}(nil): yaml: cannot decode !!str `many` as a !!int", result.Error);
    }

    [Fact]
    public void Documents_inside_scalars_keep_comments_and_quotes()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [cm.yaml]\nreplacements: [{sourceValue: new, targets: [{select: {kind: ConfigMap}, fieldPaths: ['data.config\\.yaml.a.b']}]}]"),
            ("app/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  config.yaml: |\n    # why\n    a:\n      b: \"old\" # here\n      list:\n        - 'x'\n"));
        Assert.Equal("# why\na:\n  b: \"new\" # here\n  list:\n  - 'x'", result.Single().At("data", "config.yaml")?.ToString());
    }

    [Fact]
    public void A_json_patch_finds_the_annotations_that_kustomize_itself_keeps()
    {
        var result = Builds.WithDeployment("patches:\n- target: {kind: Deployment}\n  patch: '[{\"op\": \"add\", \"path\": \"/metadata/annotations/a\", \"value\": \"b\"}]'");
        Assert.Equal("b", result.Single().At("metadata", "annotations", "a")?.ToString());
    }

    [Fact]
    public void Generated_names_reach_those_who_refer_to_them()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [pod.yaml]\nconfigMapGenerator: [{name: c, literals: [a=b]}]"),
            ("app/pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: x, envFrom: [{configMapRef: {name: c}}]}]}"));
        Assert.Null(result.Error);
        var name = result.Objects[1].At("metadata", "name")?.ToString();
        Assert.Matches("^c-[a-z0-9]{10}$", name);
        var reference = (result.Objects[0].At("spec", "containers") as ListValue)![0].At("envFrom") as ListValue;
        Assert.Equal(name, reference![0].At("configMapRef", "name")?.ToString());
    }

    [Fact]
    public void Keeps_the_order_of_the_input_unless_asked()
    {
        var files = new[] { ("app/kustomization.yaml", "resources: [all.yaml]"), ("app/all.yaml", Builds.Deployment + "\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n") };
        Assert.Equal(["Deployment", "Namespace"], Builds.Run("app", files).Objects.Select(o => o.GetString("kind")!));
        var legacy = Builds.Run(new KustomizeOptions { Order = ResourceOrder.Legacy }, "app", files);
        Assert.Equal(["Namespace", "Deployment"], legacy.Objects.Select(o => o.GetString("kind")!));
    }

    [Fact]
    public void Builds_run_side_by_side()
    {
        var tree = Builds.Tree(
            Enumerable.Range(0, 50)
                .Select(i => ($"o{i}/kustomization.yaml", $"resources: [../base]\nnamePrefix: o{i}-\nreplicas: [{{name: web, count: {i}}}]"))
                .Append(("base/kustomization.yaml", "resources: [deployment.yaml]"))
                .Append(("base/deployment.yaml", Builds.Deployment))
                .ToArray());
        Parallel.For(0, 500, i =>
        {
            var built = KustomizeBuild.Run(tree, $"o{i % 50}").Single();
            Assert.Equal($"o{i % 50}-web", built.At("metadata", "name")?.ToString());
            Assert.Equal(i % 50, (built["spec"] as MapValue)!.GetInt("replicas"));
        });
    }

    [Theory]
    [InlineData("\"2\"", "7", "\"7\"")]
    [InlineData("'two'", "true", "\"true\"")]
    [InlineData("two", "7", "7")]
    [InlineData("2", "'7'", "\"7\"")]
    [InlineData("|\n    block", "7", "\"7\"")]
    public void A_patch_takes_the_quotes_of_what_stood_there(string old, string patched, string expected)
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [a.yaml]\npatches: [{path: patch.yaml}]"),
            ("app/a.yaml", $"apiVersion: v1\nkind: A\nmetadata: {{name: a}}\nspec:\n  field: {old}\n"),
            ("app/patch.yaml", $"apiVersion: v1\nkind: A\nmetadata: {{name: a}}\nspec:\n  field: {patched}\n"));
        Assert.EndsWith($"spec:\n  field: {expected}\n", KustomizeBuild.ToYaml([result.Single()]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_json_patch_leaves_quotes_only_where_they_must_be()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [base]\npatches: [{path: patch.yaml}]"),
            ("app/base/kustomization.yaml", "resources: [a.yaml]\npatches:\n- target: {kind: A}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/other\", \"value\": \"a: b\"}]'"),
            ("app/base/a.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec:\n  field: \"two\"\n"),
            ("app/patch.yaml", "apiVersion: v1\nkind: A\nmetadata: {name: a}\nspec: {field: 7, other: 7}\n"));
        Assert.EndsWith("spec:\n  field: 7\n  other: \"7\"\n", KustomizeBuild.ToYaml([result.Single()]), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_of_images_change_one_after_another()
    {
        var image = Builds.WithDeployment("images: [{name: '*', digest: 'sha256:c'}, {name: nginx, newName: mirror, newTag: '2'}]")
            .Single().At("spec", "template", "spec", "containers");
        Assert.Equal("mirror:2", ((ListValue)image!)[0].At("image")?.ToString());
    }

    [Fact]
    public void A_patch_that_replaces_the_whole_object_changes_nothing()
    {
        var result = Builds.WithDeployment("patches: [{target: {kind: Deployment}, patch: '{apiVersion: apps/v1, kind: Deployment, metadata: {name: x}, $patch: replace}'}]");
        Assert.Equal(1, result.Single().GetMap("spec")!.GetInt("replicas"));
    }

    [Theory]
    [InlineData("a\\x85b", "a b")]
    [InlineData("a \\x85 \\x85b", "a\nb")]
    public void A_next_line_character_is_a_line_break(string written, string expected)
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [a.yaml]"),
            ("app/a.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{k: \"{written}\"}}\n"));
        Assert.Equal(expected, result.Single().At("data", "k")?.ToString());
    }

    [Fact]
    public void Control_characters_are_a_mistake_that_names_its_place()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [a.yaml]"),
            ("app/a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData:\n  k: \"hidden\\x7f\"\n"));
        Assert.EndsWith("yaml: control characters are not allowed", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", result.Error, StringComparison.Ordinal);
        Assert.Equal(new SourceSpan("app/a.yaml", 5, 6), Assert.Single(result.Diagnostics).Span);
    }

    private static IEnumerable<string?> Names(Value? list) => ((ListValue)list!).Select(i => i.At("name")?.ToString());
}

using Weir.Values;

namespace Weir.Kustomize.Tests;

public sealed class DiagnosticTests
{
    [Fact]
    public void Tells_all_bad_resources_at_once_with_their_places()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources:\n- absent.yaml\n- bad.yaml\n- nameless.yaml\n"),
            ("app/bad.yaml", "a: [1\n"),
            ("app/nameless.yaml", "apiVersion: v1\nkind: ConfigMap\n"));
        var places = result.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Span.File}:{d.Span.Line}");
        Assert.Equal(["app/kustomization.yaml:2", "app/bad.yaml:2", "app/nameless.yaml:1"], places);
    }

    [Fact]
    public void Tells_all_wrong_fields_and_what_they_may_have_meant()
    {
        var result = Builds.Run("app", ("app/kustomization.yaml", "namePrefix: 5\npatchs: []\n"));
        Assert.Equal("invalid Kustomization: json: cannot unmarshal number into Go struct field Kustomization.namePrefix of type string", result.Error);
        Assert.Contains(result.Diagnostics, d => d.Message == "json: unknown field \"patchs\"" && d.Hint == "did you mean patches?");
    }

    [Fact]
    public void Names_the_file_and_line_of_a_second_object_of_the_same_id()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [a.yaml, b.yaml]"),
            ("app/a.yaml", Builds.Deployment),
            ("app/b.yaml", "# again\n" + Builds.Deployment));
        Assert.Contains("may not add resource with an already registered id: Deployment.v1.apps/web.[noNs]", result.Error, StringComparison.Ordinal);
        Assert.Equal(new SourceSpan("app/b.yaml", 2, 1), Assert.Single(result.Diagnostics).Span);
    }

    [Fact]
    public void Refuses_external_plugins_by_name()
    {
        var result = Builds.WithDeployment("transformers:\n- |-\n  apiVersion: my.org/v1\n  kind: Magic\n  metadata: {name: m}\n");
        var problem = Assert.Single(result.Diagnostics);
        Assert.Equal("kustomize-external-plugin", problem.Code);
        Assert.Contains("Magic 'm'", problem.Hint, StringComparison.Ordinal);
        Assert.Equal(4, problem.Span.Line);
    }

    [Theory]
    [InlineData("patches: [{target: {name: nobody}, patch: '[{\"op\": \"add\", \"path\": \"/x\", \"value\": 1}]'}]", "kustomize-unused-patch")]
    [InlineData("images: [{name: postgres, newTag: v1}]", "kustomize-unused-image")]
    [InlineData("configMapGenerator: [{name: settings, literals: [a=b]}]", "kustomize-unused-generator")]
    [InlineData("replacements: [{sourceValue: x, targets: [{select: {kind: Nothing}}]}]", "kustomize-unused-replacement")]
    public void Warns_of_what_does_nothing_and_fails_when_strict(string kustomization, string code)
    {
        var lenient = Builds.WithDeployment(kustomization);
        Assert.Null(lenient.Error);
        var warning = Assert.Single(lenient.Diagnostics);
        Assert.Equal((code, Severity.Warning, 3), (warning.Code, warning.Severity, warning.Span.Line));
        Assert.NotNull(Builds.WithDeployment(kustomization, new KustomizeOptions { Strict = true }).Error);
    }

    [Fact]
    public void Warns_of_a_component_that_changes_nothing()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [deployment.yaml]\ncomponents: [idle]\n"),
            ("app/deployment.yaml", Builds.Deployment),
            ("app/idle/kustomization.yaml", "kind: Component\nimages: [{name: postgres, newTag: v1}]\n"));
        Assert.Contains(result.Diagnostics, d => d.Code == "kustomize-unused-component" && d.Span.Line == 2);
    }

    [Theory]
    [InlineData("configMapGenerator: [{name: settings, literals: [a=b], options: {disableNameSuffixHash: true}}]")]
    [InlineData("configMapGenerator: [{name: settings, literals: [a=b], options: {labels: {grafana_dashboard: '1'}}}]")]
    [InlineData("configMapGenerator: [{name: settings, literals: [a=b]}]\npatches: [{target: {kind: Deployment}, patch: '- {op: add, path: /spec/template/spec/volumes, value: [{name: v, configMap: {name: settings}}]}'}]")]
    public void Generated_objects_that_can_be_found_are_used(string kustomization) =>
        Assert.Empty(Builds.WithDeployment(kustomization).Diagnostics);

    [Fact]
    public void Warns_of_deprecated_fields_in_kustomizes_words()
    {
        var result = Builds.WithDeployment("commonLabels: {a: b}");
        Assert.Equal(
            "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.",
            Assert.Single(result.Diagnostics).Message);
    }

    [Fact]
    public void Keeps_literals_of_secrets_out_of_messages()
    {
        var result = Builds.Run("app", ("app/kustomization.yaml", "secretGenerator: [{name: s, literals: [hunter2]}]"));
        Assert.NotNull(result.Error);
        Assert.DoesNotContain("hunter2", string.Concat(result.Diagnostics), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patches: [{patch: '{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {k: {a: b}}}'}]")]
    [InlineData("replacements: [{source: {kind: Secret, fieldPath: stringData.k.a}, targets: [{select: {kind: Secret}, fieldPaths: [stringData.k]}]}]")]
    [InlineData("patches: [{target: {kind: Secret}, patch: '[{\"op\": \"test\", \"path\": \"/stringData/k\", \"value\": \"other\"}]'}]")]
    public void Keeps_what_secrets_hold_out_of_messages(string kustomization)
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [s.yaml]\n" + kustomization),
            ("app/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: hunter2}\n"));
        Assert.NotNull(result.Error);
        Assert.DoesNotContain("hunter2", result.Error + string.Concat(result.Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_in_a_secret_is_not_shown()
    {
        var result = Builds.Run(
            "app",
            ("app/kustomization.yaml", "resources: [s.yaml]\nreplacements: [{sourceValue: hunter2, targets: [{select: {kind: Secret}, fieldPaths: [stringData.k]}]}]"),
            ("app/s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: 5}\n"));
        Assert.Equal("map[string]interface {}(nil): yaml: cannot decode !!str `…` as a !!int", result.Error);
    }

    [Fact]
    public void Refuses_files_that_are_too_large()
    {
        var options = new KustomizeOptions { MaxFileBytes = 100 };
        var result = Builds.Run(
            options, "app", ("app/kustomization.yaml", "configMapGenerator: [{name: a, envs: [big.env]}]"), ("app/big.env", new string('#', 101)));
        Assert.Contains(result.Diagnostics, d => d.Code == "kustomize-too-large");
    }

    [Fact]
    public void Alias_bombs_are_a_diagnostic()
    {
        var bomb = "apiVersion: v1\nkind: A\nmetadata: {name: x}\na: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
            + string.Concat(Enumerable.Range('b', 9).Select(c => $"{(char)c}: &{(char)c} [{string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 10))}]\n"));
        var result = Builds.Run("app", ("app/kustomization.yaml", "resources: [bomb.yaml]"), ("app/bomb.yaml", bomb));
        Assert.Contains("excessive aliasing", result.Error, StringComparison.Ordinal);
    }
}

namespace Weir.Helm.Tests.Manifests;

public sealed class HookTests
{
    [Fact]
    public void A_document_with_the_annotation_is_no_part_of_the_manifest()
    {
        var rendering = TestCharts.Render(TestCharts.Load(("templates/t.yaml", "kind: Job\nname: plain\n---\n" + Hook("one", "post-install, pre-upgrade", "-5", "hook-succeeded,before-hook-creation"))));
        Assert.Equal("plain", Assert.Single(rendering.Manifests).Object!.GetString("name"));
        var hook = Assert.Single(rendering.Hooks);
        Assert.Equal(("one", "Job", "app/templates/t.yaml", -5), (hook.Name, hook.Kind, hook.Source, hook.Weight));
        Assert.Equal(["post-install", "pre-upgrade"], hook.Events);
        Assert.Equal(["hook-succeeded", "before-hook-creation"], hook.DeletePolicies);
    }

    [Fact]
    public void A_hook_of_an_unknown_event_is_passed_over()
    {
        var rendering = TestCharts.Render(TestCharts.Load(("templates/t.yaml", Hook("one", "pre-flight"))));
        Assert.Empty(rendering.Hooks);
        Assert.Empty(rendering.Manifests);
    }

    [Fact]
    public void A_weight_that_is_no_number_counts_as_zero() =>
        Assert.Equal(0, Assert.Single(TestCharts.Render(TestCharts.Load(("templates/t.yaml", Hook("one", "test-success", "heavy")))).Hooks, h => h.IsTest).Weight);

    [Fact]
    public void Hooks_of_an_event_run_by_weight_then_name()
    {
        var text = string.Join("---\n", Hook("b", "pre-install", "1"), Hook("c", "pre-install", "-1"), Hook("a", "pre-install", "1"), Hook("d", "post-install", "0"));
        var hooks = TestCharts.Render(TestCharts.Load(("templates/t.yaml", text))).Hooks;
        Assert.Equal(["c", "a", "b"], ReleaseHook.InOrder(hooks, "pre-install").Select(h => h.Name));
    }

    [Fact]
    public void Hooks_are_printed_after_the_manifest_and_tests_only_when_wanted()
    {
        var rendering = TestCharts.Render(TestCharts.Load(("templates/a.yaml", Hook("t", "test")), ("templates/b.yaml", "kind: Pod\n")));
        Assert.Equal("---\n# Source: app/templates/b.yaml\nkind: Pod\n", TemplateText.Print(rendering, tests: false));
        Assert.StartsWith("---\n# Source: app/templates/b.yaml\nkind: Pod\n---\n# Source: app/templates/a.yaml\nkind: Job", TemplateText.Print(rendering));
    }

    [Fact]
    public void What_is_no_yaml_is_placed_in_the_text_the_template_wrote()
    {
        var error = TestCharts.Error("a: 1\n  b: 2\n");
        Assert.StartsWith("YAML parse error on app/templates/t.yaml: error converting YAML to JSON: yaml: line 2:", error.Message);
        Assert.Equal("app/templates/t.yaml", error.Span.File);
    }

    private static string Hook(string name, string events, string weight = "0", string policies = "") =>
        $"kind: Job\nmetadata:\n  name: {name}\n  annotations:\n    helm.sh/hook: {events}\n    helm.sh/hook-weight: \"{weight}\"\n    helm.sh/hook-delete-policy: {policies}\n";
}

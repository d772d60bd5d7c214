using Weir.Helm;
using Weir.Values;

namespace Weir.Rendering.Tests.HelmReleases;

public sealed class PostRenderingTests
{
    private static readonly (string, string) Object = ("templates/a.yaml", Rendered.ConfigMap);
    private static readonly (string, string) Hook = (
        "templates/hook.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hook\n  annotations: {helm.sh/hook: pre-install}");

    [Fact]
    public void Every_object_carries_the_name_of_its_release()
    {
        var labels = Manifest(Rendered.HelmRelease("", Object)).At("metadata", "labels");
        Assert.Equal("web", labels?.At("helm.toolkit.fluxcd.io/name")?.ToString());
        Assert.Equal("apps", labels?.At("helm.toolkit.fluxcd.io/namespace")?.ToString());
    }

    [Fact]
    public void Patches_and_images_change_what_the_chart_renders()
    {
        var rendering = Rendered.HelmRelease(
            """
            postRenderers:
            - kustomize:
                images: [{name: nginx, newTag: "2"}]
                patches:
                - target: {kind: Deployment}
                  patch: |
                    - {op: add, path: /spec/replicas, value: 4}
            - kustomize:
                patches:
                - patch: |
                    {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, annotations: {second: "true"}}}
            commonMetadata: {labels: {team: a}}
            """,
            ("templates/a.yaml", Rendered.Deployment));
        var value = Manifest(rendering);
        Assert.Equal(4, value.GetMap("spec")!.GetInt("replicas"));
        Assert.Equal("nginx:2", Assert.IsType<ListValue>(value.At("spec", "template", "spec", "containers"))[0].At("image")?.ToString());
        Assert.Equal("true", value.Text("metadata", "annotations", "second"));
        Assert.Equal("a", value.Text("metadata", "labels", "team"));
        Assert.Single(value.GetMap("metadata")!.GetMap("annotations")!);
    }

    [Fact]
    public void Objects_keep_the_template_they_came_from()
    {
        var rendering = Rendered.HelmRelease("postRenderers: [{kustomize: {patches: []}}]", Object);
        Assert.Equal("app/templates/a.yaml", Assert.Single(rendering.Manifests).Source);
        Assert.Null(Manifest(rendering).At("metadata", "annotations"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("postRenderStrategy: combined\n", true)]
    [InlineData("postRenderStrategy: separate\n", true)]
    [InlineData("postRenderStrategy: nohooks\n", false)]
    public void Hooks_are_changed_unless_the_strategy_says_not(string strategy, bool isChanged)
    {
        var rendering = Rendered.HelmRelease(
            strategy + "postRenderers: [{kustomize: {patches: [{target: {kind: ConfigMap}, patch: '[{\"op\": \"add\", \"path\": \"/data\", \"value\": {\"x\": \"y\"}}]'}]}}]",
            Object,
            Hook);
        Assert.Equal("y", Manifest(rendering).Text("data", "x"));
        Assert.Equal(isChanged ? "y" : null, Assert.Single(rendering.Hooks).Object?.Text("data", "x"));
    }

    [Fact]
    public void A_patch_that_fails_fails_the_release()
    {
        var rendering = Rendered.HelmRelease("postRenderers: [{kustomize: {patches: [{target: {kind: ConfigMap}, patch: '[{\"op\": \"remove\", \"path\": \"/none\"}]'}]}}]", Object);
        Assert.False(rendering.Succeeded);
        Assert.StartsWith("error while running post render on files: ", rendering.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_object_twice_is_refused()
    {
        var rendering = Rendered.HelmRelease("", Object, ("templates/b.yaml", Rendered.ConfigMap));
        Assert.Equal(
            "error while running post render on files: may not add resource with an already registered id: ConfigMap.v1.[noGrp]/settings.[noNs]",
            rendering.Error);
    }

    [Fact]
    public void A_long_name_is_cut_and_ends_in_a_hash()
    {
        Assert.Equal("web", HelmReleaseRenderer.ReleaseName(Rendered.Release("")));
        Assert.Equal("live-web", HelmReleaseRenderer.ReleaseName(Rendered.Release("targetNamespace: live")));
        Assert.Equal("own", HelmReleaseRenderer.ReleaseName(Rendered.Release("targetNamespace: live\nreleaseName: own")));
        var name = HelmReleaseRenderer.ReleaseName(Rendered.Release("targetNamespace: live", new string('a', 50)));
        Assert.Equal(53, name.Length);
        Assert.Matches("^live-a{35}-[0-9a-f]{12}$", name);
    }

    private static MapValue Manifest(HelmRendering rendering)
    {
        Assert.Null(rendering.Error);
        return Assert.Single(rendering.Manifests).Object!;
    }
}

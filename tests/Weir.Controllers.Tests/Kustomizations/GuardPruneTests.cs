using Weir.Controllers.Tests.Engine;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Kubernetes;

namespace Weir.Controllers.Tests.Kustomizations;

public sealed class GuardPruneTests(SourceWorld world)
{
    private static readonly GroupVersionKind ConfigMap = new("", "v1", "ConfigMap");

    [Fact]
    public async Task A_rendering_without_objects_is_refused_until_it_is_confirmed()
    {
        await using var scene = await StartAsync(PruneGuard.Empty);
        scene.Write("app", "one.yaml", null);
        scene.Write("app", "two.yaml", null);
        scene.Write("app", "README.md", "empty");

        await scene.RequestAsync(OciRepository.Kind, "app");
        var refused = await scene.UntilAsync(
            Kustomization.Kind, "app", static v => EngineScene.Condition(v!, ConditionTypes.Ready).StartsWith("False PruneRefused", StringComparison.Ordinal));

        Assert.Contains(
            "has no objects: applying it would delete all 2 objects that this Kustomization manages. If that is wanted, set the annotation weir.dev/prune-everything",
            EngineScene.Condition(refused, ConditionTypes.Ready),
            StringComparison.Ordinal);
        Assert.NotNull(await scene.FindAsync(ConfigMap, "one"));

        await scene.KustomizeAsync("app", annotations: "weir.dev/prune-everything: \"true\"");
        await scene.RequestAsync(Kustomization.Kind, "app");
        Assert.Null(await scene.FindAsync(ConfigMap, "one"));
        Assert.Null(await scene.FindAsync(ConfigMap, "two"));
    }

    [Theory]
    [InlineData(PruneGuard.Replaced, "False PruneRefused", true)]
    [InlineData(PruneGuard.Empty, "True ReconciliationSucceeded", false)]
    public async Task What_replaces_every_object_is_refused_when_the_guard_says_so(PruneGuard guard, string condition, bool isKept)
    {
        await using var scene = await StartAsync(guard);
        scene.Write("app", "one.yaml", null);
        scene.Write("app", "two.yaml", null);
        scene.WriteConfigMap("app", "three", "blue");

        var source = await scene.RequestAsync(OciRepository.Kind, "app");
        var revision = SourceScene.Artifact(source, "revision");
        await scene.UntilAsync(
            Kustomization.Kind,
            "app",
            v => v!.GetMap("status")!.GetString("lastAttemptedRevision") == revision && EngineScene.Condition(v!, ConditionTypes.Ready).StartsWith(condition, StringComparison.Ordinal));

        Assert.Equal(isKept, await scene.FindAsync(ConfigMap, "one") is not null);
    }

    private async Task<EngineScene> StartAsync(PruneGuard guard)
    {
        var scene = await EngineScene.StartAsync(world, o => o with { PruneGuard = guard });
        scene.WriteConfigMap("app", "one", "blue");
        scene.WriteConfigMap("app", "two", "blue");
        await scene.KustomizeAsync("app");
        await scene.ReadyAsync(Kustomization.Kind, "app");
        return scene;
    }
}

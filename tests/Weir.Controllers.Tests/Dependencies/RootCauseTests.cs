using Weir.Controllers.Tests.Engine;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;

namespace Weir.Controllers.Tests.Dependencies;

public sealed class RootCauseTests(SourceWorld world)
{
    [Fact]
    public async Task Every_object_of_a_blocked_chain_names_what_blocks_it()
    {
        await using var scene = await EngineScene.StartAsync(world, static o => o with { DependencyRetry = TimeSpan.FromMilliseconds(200) });
        scene.Write("broken", "bad.yaml", "kind: [");
        foreach (var name in (string[])["first", "second", "third"])
        {
            scene.WriteConfigMap(name, name, "blue");
        }

        await scene.KustomizeAsync("broken");
        await scene.KustomizeAsync("first", "dependsOn: [{name: broken}]");
        await scene.KustomizeAsync("second", "dependsOn: [{name: first}]");
        await scene.KustomizeAsync("third", "dependsOn: [{name: second}]");

        var space = scene.Namespace;
        await scene.UntilAsync(Kustomization.Kind, "first", v => Ready(v!) == $"False DependencyNotReady dependency '{space}/broken' is not ready");
        foreach (var (name, dependency) in ((string, string)[])[("second", "first"), ("third", "second")])
        {
            await scene.UntilAsync(
                Kustomization.Kind,
                name,
                v => Ready(v!).StartsWith(
                    $"False DependencyNotReady dependency '{space}/{dependency}' is not ready: it waits for Kustomization/{space}/broken: BuildFailed: ", StringComparison.Ordinal));
        }
    }

    private static string Ready(Weir.Values.MapValue value) => EngineScene.Condition(value, ConditionTypes.Ready);
}

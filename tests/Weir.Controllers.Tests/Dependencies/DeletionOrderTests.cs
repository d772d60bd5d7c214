using Weir.Controllers.Tests.Engine;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Dependencies;

public sealed class DeletionOrderTests(SourceWorld world)
{
    private static readonly DateTimeOffset Deleted = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, "", 1.0)]
    [InlineData(3, "", null)]
    [InlineData(3, "deleted", 5.0)]
    [InlineData(301, "deleted", null)]
    public void An_object_waits_for_dependents_that_are_deleted_too_and_a_moment_for_those_that_may_be(int seconds, string state, double? wait)
    {
        var self = Object("a", isDeleted: true);
        var dependent = Object("b", isDeleted: state == "deleted");

        var answer = DeletionOrder.Wait(self, key => key.Name == "a" ? [dependent] : [], Deleted.AddSeconds(seconds));

        Assert.Equal(wait, answer?.TotalSeconds);
    }

    [Fact]
    public void In_a_circle_nobody_waits()
    {
        var (a, b) = (Object("a", isDeleted: true), Object("b", isDeleted: true));

        Assert.Null(DeletionOrder.Wait(a, key => key.Name == "a" ? [b] : [a], Deleted.AddSeconds(1)));
    }

    [Fact]
    public async Task What_is_deleted_together_goes_dependents_first()
    {
        await using var scene = await EngineScene.StartAsync(world);
        string[] names = ["one", "two", "three"];
        for (var i = 0; i < names.Length; i++)
        {
            scene.WriteConfigMap(names[i], names[i], "blue");
            await scene.KustomizeAsync(names[i], i == 0 ? "" : $"dependsOn: [{{name: {names[i - 1]} }}]");
        }

        await scene.ReadyAsync(Kustomization.Kind, "three");
        foreach (var name in names)
        {
            await scene.DeleteAsync(Kustomization.Kind, name);
        }

        await scene.UntilAsync(Kustomization.Kind, "one", static v => v is null);
        var deleted = scene.Events.Where(static e => e.Message.EndsWith(" deleted", StringComparison.Ordinal)).Select(static e => e.Object.Name());
        Assert.Equal(["three", "two", "one"], deleted);
    }

    private static MapValue Object(string name, bool isDeleted) => (MapValue)YamlReader.Read(
        $"{{apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {{name: {name}, namespace: n{(isDeleted ? $", deletionTimestamp: '{FluxTime.Write(Deleted)}'" : "")}}}}}").Result!;
}

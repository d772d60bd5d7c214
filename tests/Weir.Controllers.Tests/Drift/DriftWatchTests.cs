using System.Diagnostics;
using Weir.Controllers.Tests.Engine;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers.Tests.Drift;

public sealed class DriftWatchTests(SourceWorld world)
{
    private static readonly GroupVersionKind ConfigMap = new("", "v1", "ConfigMap");
    private static readonly GroupVersionKind Deployment = new("apps", "v1", "Deployment");

    [Fact]
    public async Task What_is_changed_or_deleted_comes_back_within_a_second()
    {
        await using var scene = await StartAsync();

        var started = Stopwatch.GetTimestamp();
        await scene.PatchAsync(ConfigMap, "one", Data("red"));
        await scene.UntilAsync(ConfigMap, "one", v => Color(v) == "blue");
        await scene.DeleteAsync(ConfigMap, "two");
        await scene.UntilAsync(ConfigMap, "two", v => Color(v) == "blue");

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
        Assert.Contains(scene.Log, l => l.Message.Contains("/one was changed by somebody", StringComparison.Ordinal));
        Assert.Contains(scene.Log, l => l.Message.Contains("/two is gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_label_that_is_taken_off_comes_back()
    {
        await using var scene = await StartAsync();
        const string Owner = "kustomize.toolkit.fluxcd.io/name";

        await scene.PatchAsync(ConfigMap, "one", new MapValue { ["metadata"] = new MapValue { ["labels"] = new MapValue { [Owner] = NullValue.Instance } } });

        await scene.UntilAsync(ConfigMap, "one", v => v!.Label(Owner) == "app");
    }

    [Fact]
    public async Task Statuses_and_fields_of_others_are_no_drift()
    {
        await using var scene = await StartAsync();
        var before = EngineScene.Runs(await scene.ReadyAsync(Kustomization.Kind, "app"));

        await scene.PatchAsync(Deployment, "web", new MapValue { ["status"] = new MapValue { ["replicas"] = 3 } }, subresource: "status");
        await scene.PatchAsync(Deployment, "web", new MapValue { ["metadata"] = new MapValue { ["annotations"] = new MapValue { ["a"] = "b" } } });
        await scene.PatchAsync(ConfigMap, "two", new MapValue { ["data"] = new MapValue { ["other"] = "x" } });

        // A change that counts, made last, is answered once, and nothing else was.
        await scene.PatchAsync(ConfigMap, "one", Data("red"));
        await scene.UntilAsync(ConfigMap, "one", v => Color(v) == "blue");
        await scene.UntilAsync(Kustomization.Kind, "app", v => EngineScene.Runs(v!) == before + 1 && EngineScene.Condition(v!, ConditionTypes.Ready).StartsWith("True", StringComparison.Ordinal));
        Assert.Single(scene.Log, static l => l.Message.StartsWith("drift", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Own_changes_are_no_drift()
    {
        await using var scene = await StartAsync();
        scene.WriteConfigMap("app", "one", "green");
        scene.Write("app", "two.yaml", null);
        await scene.RequestAsync(OciRepository.Kind, "app");

        await scene.UntilAsync(ConfigMap, "two", static v => v is null);
        await scene.UntilAsync(ConfigMap, "one", v => Color(v) == "green");
        var ready = await scene.RequestAsync(Kustomization.Kind, "app");

        Assert.DoesNotContain(scene.Log, static l => l.Message.StartsWith("drift", StringComparison.Ordinal));
        Assert.Equal(3, EngineScene.Runs(ready));
    }

    [Fact]
    public async Task Who_fights_is_answered_ever_later()
    {
        await using var scene = await StartAsync();
        for (var i = 0; i < DriftPace.Burst; i++)
        {
            await scene.PatchAsync(ConfigMap, "one", Data($"red{i}"));
            await scene.UntilAsync(ConfigMap, "one", v => Color(v) == "blue");
        }

        await scene.PatchAsync(ConfigMap, "one", Data("last"));
        while (!scene.Log.Any(static l => l.Message.Contains("waiting 5s", StringComparison.Ordinal)))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal("last", Color(await scene.FindAsync(ConfigMap, "one")));
    }

    [Fact]
    public async Task Detect_only_tells_and_leaves_the_object_until_somebody_asks()
    {
        await using var scene = await StartAsync("weir.dev/drift: detect-only");

        await scene.PatchAsync(ConfigMap, "one", Data("red"));
        var drifted = await scene.UntilAsync(Kustomization.Kind, "app", v => EngineScene.Condition(v!, ConditionTypes.Drifted).StartsWith("True", StringComparison.Ordinal));

        Assert.StartsWith("True DriftDetected Cluster state has drifted from revision v1@sha256:", EngineScene.Condition(drifted, ConditionTypes.Drifted), StringComparison.Ordinal);
        Assert.EndsWith($"\nConfigMap/{scene.Namespace}/one differs", EngineScene.Condition(drifted, ConditionTypes.Drifted), StringComparison.Ordinal);
        await scene.UntilAsync(Kustomization.Kind, "app", v => EngineScene.Condition(v!, ConditionTypes.Ready).StartsWith("True", StringComparison.Ordinal));
        Assert.Equal("red", Color(await scene.FindAsync(ConfigMap, "one")));

        var corrected = await scene.RequestAsync(Kustomization.Kind, "app");
        Assert.Equal("", EngineScene.Condition(corrected, ConditionTypes.Drifted));
        Assert.Equal("blue", Color(await scene.FindAsync(ConfigMap, "one")));
    }

    [Fact]
    public async Task Without_the_watch_drift_waits_for_the_interval()
    {
        await using var scene = await StartAsync(configure: static o => o with { WatchesDrift = false });

        await scene.PatchAsync(ConfigMap, "one", Data("red"));
        await Task.Delay(300, TestContext.Current.CancellationToken);

        Assert.Equal("red", Color(await scene.FindAsync(ConfigMap, "one")));
    }

    [Theory]
    [InlineData("enabled", "blue")]
    [InlineData("warn", "red")]
    public async Task A_release_is_corrected_or_only_told_as_its_mode_says(string mode, string color)
    {
        await using var scene = await EngineScene.StartAsync(world);
        scene.Write("chart", "chart/Chart.yaml", "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
        scene.Write("chart", "chart/templates/one.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  color: blue\n");
        await scene.ApplyAsync($$"""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: chart}
            spec: {interval: 1h, url: "oci://engine.test/chart", ref: {tag: v1} }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: app}
            spec: {interval: 1h, chartRef: {kind: OCIRepository, name: chart}, driftDetection: {mode: {{mode}} } }
            """);
        await scene.ReadyAsync(HelmRelease.Kind, "app");

        await scene.PatchAsync(ConfigMap, "one", Data("red"));

        await scene.UntilAsync(
            HelmRelease.Kind,
            "app",
            v => EngineScene.Condition(v!, ConditionTypes.Drifted).StartsWith(mode == "warn" ? "True DriftDetected" : "False NoDriftDetected", StringComparison.Ordinal)
                && scene.Events.Any(static e => e.Reason == "DriftDetected"));
        await scene.UntilAsync(ConfigMap, "one", v => Color(v) == color);
    }

    private async Task<EngineScene> StartAsync(string annotations = "", Func<ControllerOptions, ControllerOptions>? configure = null)
    {
        var scene = await EngineScene.StartAsync(world, configure);
        scene.WriteConfigMap("app", "one", "blue");
        scene.WriteConfigMap("app", "two", "blue");
        scene.Write("app", "web.yaml", $"""
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: {scene.Namespace}
            spec:
              replicas: 0
              selector:
                matchLabels:
                  app: web
              template:
                metadata:
                  labels:
                    app: web
                spec:
                  containers:
                    - name: web
                      image: web
            """);
        await scene.KustomizeAsync("app", annotations: annotations);
        await scene.ReadyAsync(Kustomization.Kind, "app");
        return scene;
    }

    private static MapValue Data(string color) => new() { ["data"] = new MapValue { ["color"] = color } };

    private static string? Color(MapValue? value) => value?.GetMap("data")?.GetString("color");
}

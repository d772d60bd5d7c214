using System.Globalization;
using Weir.Controllers.Tests.Engine;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Kubernetes;

namespace Weir.Controllers.Tests.Maintenance;

public sealed class MaintenanceWindowsTests(SourceWorld world)
{
    private static readonly GroupVersionKind ConfigMap = new("", "v1", "ConfigMap");

    [Theory]
    [InlineData("Mon-Fri 22:00-04:00", "2026-11-27T23:00Z", null)]
    [InlineData("Mon-Fri 22:00-04:00", "2026-11-28T03:59Z", null)]
    [InlineData("Mon-Fri 22:00-04:00", "2026-11-28T04:00Z", "2026-11-30T22:00Z")]
    [InlineData("Fri-Mon 08:00-24:00", "2026-11-29T12:00Z", null)]
    [InlineData("08:00-09:00", "2026-11-29T12:00Z", "2026-11-30T08:00Z")]
    [InlineData("Sat,Sun 00:00-24:00; Wed 10:00-11:00", "2026-11-24T12:00Z", "2026-11-25T10:00Z")]
    [InlineData("Sun 02:00-04:00 Europe/Berlin", "2026-11-25T12:00Z", "2026-11-29T01:00Z")]
    [InlineData("Sun 02:30-04:00 Europe/Berlin", "2026-03-28T12:00Z", "2026-03-29T01:00Z")]
    [InlineData("22:00-23:00 America/New_York", "2026-07-02T02:30Z", null)]
    public void A_window_is_open_or_says_when_it_opens(string text, string now, string? opens)
    {
        var (windows, mistake) = MaintenanceWindows.Parse(text);
        Assert.Null(mistake);
        var time = DateTimeOffset.Parse(now, CultureInfo.InvariantCulture);
        Assert.Equal(opens is null, windows!.IsOpen(time));
        if (opens is not null)
        {
            Assert.Equal(DateTimeOffset.Parse(opens, CultureInfo.InvariantCulture), windows.NextOpening(time));
        }
    }

    [Theory]
    [InlineData("", "there is no maintenance window")]
    [InlineData("Mo 10:00-11:00", "'Mo' names no days")]
    [InlineData("Mon", "it needs hours")]
    [InlineData("Mon 10-11", "'10-11' names no hours")]
    [InlineData("10:00-10:00", "'10:00-10:00' names no hours")]
    [InlineData("10:00-25:00", "names no hours")]
    [InlineData("10:00-11:00 Mars/Olympus", "'Mars/Olympus' is no time zone")]
    public void A_mistake_is_named(string text, string mistake) =>
        Assert.Contains(mistake, MaintenanceWindows.Parse(text).Mistake, StringComparison.Ordinal);

    [Fact]
    public async Task Outside_of_its_window_nothing_changes_unless_somebody_forces_it()
    {
        await using var scene = await EngineScene.StartAsync(world);
        scene.WriteConfigMap("app", "one", "blue");
        await scene.KustomizeAsync("app");
        await scene.ReadyAsync(Kustomization.Kind, "app");
        var day = DateTimeOffset.UtcNow.AddDays(2).DayOfWeek.ToString()[..3];
        await scene.KustomizeAsync("app", annotations: $"weir.dev/maintenance-windows: {day} 00:00-24:00");
        scene.WriteConfigMap("app", "one", "green");
        await scene.RequestAsync(OciRepository.Kind, "app");

        var waiting = await scene.UntilAsync(
            Kustomization.Kind, "app", static v => EngineScene.Condition(v!, ConditionTypes.Reconciling).StartsWith("True MaintenanceWindowClosed Revision v1@sha256:", StringComparison.Ordinal));
        Assert.StartsWith("True ReconciliationSucceeded", EngineScene.Condition(waiting, ConditionTypes.Ready), StringComparison.Ordinal);
        Assert.Equal("blue", (await scene.FindAsync(ConfigMap, "one"))!.GetMap("data")!.GetString("color"));

        await scene.KustomizeAsync(
            "app", annotations: $"weir.dev/maintenance-windows: {day} 00:00-24:00, reconcile.fluxcd.io/requestedAt: now, reconcile.fluxcd.io/forceAt: now");
        await scene.UntilAsync(ConfigMap, "one", static v => v!.GetMap("data")!.GetString("color") == "green");
    }

    [Fact]
    public async Task A_window_that_cannot_be_read_stalls()
    {
        await using var scene = await EngineScene.StartAsync(world);
        scene.WriteConfigMap("app", "one", "blue");
        await scene.KustomizeAsync("app", annotations: "weir.dev/maintenance-windows: sometimes");

        var stalled = await scene.UntilAsync(
            Kustomization.Kind, "app", static v => EngineScene.Condition(v!, ConditionTypes.Stalled).StartsWith("True InvalidMaintenanceWindow", StringComparison.Ordinal));

        Assert.Contains("annotation weir.dev/maintenance-windows: 'sometimes' is no maintenance window", EngineScene.Condition(stalled, ConditionTypes.Stalled), StringComparison.Ordinal);
        Assert.Null(await scene.FindAsync(ConfigMap, "one"));
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Weir.Flux;
using Weir.Kubernetes;

namespace Weir.Controllers.Tests.Hosting;

public sealed class MetricsTests(HostWorld world) : IClassFixture<HostWorld>
{
    private const string Objects = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: measured, namespace: default}
        spec: {interval: 1h, url: 'https://git.example.com/fleet'}
        ---
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata: {name: measured, namespace: default}
        spec: {interval: 1h, path: ./app, prune: true, targetNamespace: default, sourceRef: {kind: GitRepository, name: measured}}
        """;

    [Fact]
    public async Task Reconciliations_are_counted_under_the_names_of_Flux_logged_and_traced()
    {
        var lines = new ConcurrentBag<LogEntry>();
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == ControllerHost.TraceSource,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await ControllerHost.StartAsync(
            world.Options() with { MetricsAddress = "127.0.0.1:0", HealthAddress = "127.0.0.1:0", Log = lines.Add }, TestContext.Current.CancellationToken);
        await world.ApplyAsync(Objects);
        await world.UntilAsync(Kustomization.Kind, "default", "measured", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));

        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri(host.MetricsAddress!, "/metrics"), TestContext.Current.CancellationToken);
        foreach (var pattern in (string[])
            [
                "gotk_reconcile_duration_seconds_bucket\\{kind=\"GitRepository\",name=\"measured\",namespace=\"default\",le=\"0.01\"} \\d+\n",
                "gotk_reconcile_duration_seconds_bucket\\{kind=\"Kustomization\",name=\"measured\",namespace=\"default\",le=\"\\+Inf\"} [1-9]\\d*\n",
                "gotk_reconcile_duration_seconds_count\\{kind=\"Kustomization\",name=\"measured\",namespace=\"default\"} [1-9]",
                "controller_runtime_reconcile_total\\{controller=\"kustomization\",result=\"requeue_after\"} [1-9]",
                "controller_runtime_reconcile_errors_total\\{controller=\"helmrelease\"} 0\n",
                "controller_runtime_reconcile_time_seconds_count\\{controller=\"gitrepository\"} [1-9]",
                "controller_runtime_max_concurrent_reconciles\\{controller=\"bucket\"} 4\n",
                "workqueue_depth\\{controller=\"kustomization\",name=\"kustomization\"} 0\n",
                "workqueue_adds_total\\{controller=\"kustomization\",name=\"kustomization\"} [1-9]",
                "workqueue_queue_duration_seconds_bucket\\{controller=\"kustomization\",name=\"kustomization\",le=\"1e-08\"} \\d",
                "workqueue_longest_running_processor_seconds\\{controller=\"bucket\",name=\"bucket\"} 0\n",
                "rest_client_requests_total\\{code=\"200\",host=\"[^\"]+\",method=\"GET\"} [1-9]",
                "process_resident_memory_bytes [1-9]",
                "gotk_resource_info\\{customresource_group=\"kustomize.toolkit.fluxcd.io\",customresource_kind=\"Kustomization\",customresource_version=\"v1\",exported_namespace=\"default\",name=\"measured\"",
            ])
        {
            Assert.Matches(pattern, page);
        }

        foreach (var name in page.Split('\n').Where(static l => l.Length > 0 && l[0] != '#'))
        {
            Assert.Matches("^[a-z_]+(\\{.*})? [-+0-9.eInf]+$", name);
        }

        Assert.Contains(lines, static l => l is { Level: LogLevel.Info, Kind: "Kustomization", ReconcileId.Length: > 0 } && l.Message.StartsWith("Reconciliation finished in ", StringComparison.Ordinal));
        Assert.Contains(spans, static s => s.OperationName == "reconcile Kustomization" && s.GetTagItem("flux.object.name") as string == "measured"
            && s.Events.Any(static e => e.Name == "ReconciliationSucceeded"));
    }

    [Fact]
    public async Task An_object_that_is_gone_is_not_measured_any_more()
    {
        await using var host = await ControllerHost.StartAsync(world.Options() with { MetricsAddress = "127.0.0.1:0" }, TestContext.Current.CancellationToken);
        await world.ApplyAsync(Objects.Split("---")[0].Replace("measured", "shortlived", StringComparison.Ordinal));
        await world.UntilAsync(GitRepository.Kind, "default", "shortlived", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        await world.Client.DeleteAsync(GitRepository.Kind, "default", "shortlived", new(), TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await http.GetStringAsync(new Uri(host.MetricsAddress!, "/metrics"), limit.Token)).Contains("name=\"shortlived\"", StringComparison.Ordinal))
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Probes_answer_until_the_engine_stops()
    {
        await using var host = await ControllerHost.StartAsync(world.Options() with { HealthAddress = ":0" }, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = host.HealthAddress };
        Assert.Equal("ok", await http.GetStringAsync("/healthz", TestContext.Current.CancellationToken));
        Assert.Equal("ok", await http.GetStringAsync("/readyz", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/other", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(host.ArtifactAddress, TestContext.Current.CancellationToken)).StatusCode);
        await host.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/readyz", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_address_in_use_is_told_at_the_start()
    {
        await using var host = await ControllerHost.StartAsync(world.Options() with { MetricsAddress = "127.0.0.1:0" }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HttpListenerException>(() =>
            ControllerHost.StartAsync(world.Options() with { MetricsAddress = host.MetricsAddress!.Authority }, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() =>
            ControllerHost.StartAsync(world.Options() with { HealthAddress = "8080" }, TestContext.Current.CancellationToken));
    }
}

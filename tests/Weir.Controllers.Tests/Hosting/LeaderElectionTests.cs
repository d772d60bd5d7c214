using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers.Tests.Hosting;

public sealed class LeaderElectionTests(HostWorld world) : IClassFixture<HostWorld>
{
    private const string Source = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: NAME, namespace: default}
        spec: {interval: 1h, url: 'https://git.example.com/fleet'}
        """;

    [Theory]
    [InlineData(null, "source-controller-leader-election")]
    [InlineData("sharding.fluxcd.io/key=one", "source-controller-leader-election-6e3e8a3a")]
    public void Leases_have_the_names_of_Flux(string? selector, string expected)
    {
        var name = LeaderElection.LeaseName("source-controller", selector);
        Assert.Equal(expected[..33], name[..33]);
        Assert.Equal(expected.Length, name.Length);
    }

    [Fact]
    public async Task One_engine_works_and_the_other_takes_over_as_soon_as_it_stops()
    {
        var first = await ControllerHost.StartAsync(Options("one"), TestContext.Current.CancellationToken);
        await HeldAsync("helm-controller-leader-election", "one");
        await using var second = await ControllerHost.StartAsync(Options("two"), TestContext.Current.CancellationToken);
        await world.ApplyAsync(Source.Replace("NAME", "first", StringComparison.Ordinal));
        await world.UntilAsync(GitRepository.Kind, "default", "first", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        Assert.Equal(["one"], await HoldersAsync());

        await first.DisposeAsync();
        await HeldAsync("source-watcher-leader-election", "two");
        Assert.Equal(["two"], await HoldersAsync());
        await world.ApplyAsync(Source.Replace("NAME", "second", StringComparison.Ordinal));
        var found = await world.UntilAsync(GitRepository.Kind, "default", "second", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        Assert.StartsWith(second.ArtifactAddress.ToString(), found.At("status", "artifact", "url")!.ToString(), StringComparison.Ordinal);
        var lease = await world.Client.GetAsync(LeaseLock.Kind, "default", "source-controller-leader-election", TestContext.Current.CancellationToken);
        Assert.Equal(30, lease.GetMap("spec")!.GetInt("leaseDurationSeconds"));
        Assert.True(lease.GetMap("spec")!.GetInt("leaseTransitions") >= 1);
    }

    [Fact]
    public async Task An_engine_whose_Lease_another_took_stops_its_work()
    {
        await using var host = await ControllerHost.StartAsync(Options("loser") with { WatchLabelSelector = "shard=lost" }, TestContext.Current.CancellationToken);
        var name = LeaderElection.LeaseName("kustomize-controller", "shard=lost");
        await HeldAsync(LeaderElection.LeaseName("source-watcher", "shard=lost"), "loser");
        await world.ApplyAsync($$"""
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: {{name}}, namespace: default}
            spec: {holderIdentity: thief}
            """);
        Assert.Equal(name, await host.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        await world.ApplyAsync(Source.Replace("NAME", "late, labels: {shard: lost}", StringComparison.Ordinal));
        Assert.True(host.IsStopped);
        await host.DisposeAsync();
        Assert.Equal("thief", (await world.Client.GetAsync(LeaseLock.Kind, "default", name, TestContext.Current.CancellationToken)).GetMap("spec")!.GetString("holderIdentity"));
    }

    [Fact]
    public async Task A_Lease_that_is_not_renewed_runs_out_by_the_clock_of_the_one_who_waits()
    {
        var time = new ManualTime();
        var options = new LeaderElectionOptions { Namespace = "default", Identity = "a" };
        var (a, b) = (new LeaseLock(world.Client, options, "clock", time), new LeaseLock(world.Client, options with { Identity = "b" }, "clock", time));
        var cancellation = TestContext.Current.CancellationToken;
        Assert.True(await a.TryAcquireOrRenewAsync(cancellation));
        Assert.False(await b.TryAcquireOrRenewAsync(cancellation));
        time.Advance(TimeSpan.FromSeconds(34));
        Assert.False(await b.TryAcquireOrRenewAsync(cancellation));
        Assert.True(await a.TryAcquireOrRenewAsync(cancellation));
        Assert.False(await b.TryAcquireOrRenewAsync(cancellation));
        time.Advance(TimeSpan.FromSeconds(34));
        Assert.False(await b.TryAcquireOrRenewAsync(cancellation));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await b.TryAcquireOrRenewAsync(cancellation));
        Assert.False(await a.TryAcquireOrRenewAsync(cancellation));
        Assert.True(a.IsTaken);
        await b.ReleaseAsync(cancellation);
        Assert.True(await a.TryAcquireOrRenewAsync(cancellation));
    }

    private ControllerOptions Options(string identity) => world.Options() with
    {
        LeaderElection = new()
        {
            Namespace = "default",
            Identity = identity,
            LeaseDuration = TimeSpan.FromSeconds(30),
            RenewDeadline = TimeSpan.FromSeconds(20),
            RetryPeriod = TimeSpan.FromMilliseconds(100),
        },
    };

    private Task<MapValue> HeldAsync(string lease, string holder) =>
        world.UntilAsync(LeaseLock.Kind, "default", lease, l => l.GetMap("spec")?.GetString("holderIdentity") == holder);

    private async Task<IEnumerable<string?>> HoldersAsync()
    {
        var list = await world.Client.ListAsync(LeaseLock.Kind, new() { Namespace = "default" }, TestContext.Current.CancellationToken);
        return list.Items.Where(static l => l.Name().EndsWith("-leader-election", StringComparison.Ordinal))
            .Select(static l => l.GetMap("spec")?.GetString("holderIdentity")).Distinct();
    }
}

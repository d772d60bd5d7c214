using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers.Tests.Hosting;

public sealed class ShardingTests(HostWorld world) : IClassFixture<HostWorld>
{
    [Fact]
    public async Task A_shard_works_on_its_own_objects_and_follows_sources_of_others()
    {
        await using var one = await ControllerHost.StartAsync(world.Options() with { WatchLabelSelector = "sharding.fluxcd.io/key=one" }, TestContext.Current.CancellationToken);
        await world.ApplyAsync(Kustomization("mine", "one") + "---\n" + Kustomization("theirs", "two") + "---\n" + Kustomization("nobodys", null));
        await world.UntilAsync(Flux.Kustomization.Kind, "default", "mine", static v => HostWorld.Ready(v).StartsWith("False ArtifactFailed", StringComparison.Ordinal));

        // The source belongs to another shard: when it is ready, this shard's Kustomization goes on at once.
        await using var rest = await ControllerHost.StartAsync(world.Options() with { WatchLabelSelector = "!sharding.fluxcd.io/key" }, TestContext.Current.CancellationToken);
        await world.ApplyAsync("""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: fleet, namespace: default}
            spec: {interval: 1h, url: 'https://git.example.com/fleet'}
            """);
        await world.UntilAsync(Flux.Kustomization.Kind, "default", "mine", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        await world.UntilAsync(Flux.Kustomization.Kind, "default", "nobodys", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        var theirs = await world.Client.GetAsync(Flux.Kustomization.Kind, "default", "theirs", TestContext.Current.CancellationToken);
        Assert.Equal("", HostWorld.Ready(theirs));

        // An object that changes its shard is taken up there.
        await world.ApplyAsync(Kustomization("theirs", "one"));
        await world.UntilAsync(Flux.Kustomization.Kind, "default", "theirs", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_named_namespace_is_watched_when_not_all_are()
    {
        await world.ApplyAsync("{apiVersion: v1, kind: Namespace, metadata: {name: alone}}");
        await using var host = await ControllerHost.StartAsync(world.Options() with { WatchNamespace = "alone" }, TestContext.Current.CancellationToken);
        await world.ApplyAsync(Repository("elsewhere", "default") + "---\n" + Repository("here", "alone"));
        await world.UntilAsync(GitRepository.Kind, "alone", "here", static v => HostWorld.Ready(v).StartsWith("True", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Objects(GitRepository.Kind), static v => v.Namespace() != "alone");
    }

    private static string Repository(string name, string space) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: {{name}}, namespace: {{space}}}
        spec: {interval: 1h, url: 'https://git.example.com/fleet'}

        """;

    private static string Kustomization(string name, string? shard) => $$"""
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: {{name}}
          namespace: default
          labels: {{(shard is null ? "{}" : $"{{sharding.fluxcd.io/key: {shard}}}")}}
        spec:
          interval: 1h
          retryInterval: 1h
          path: ./app
          prune: true
          targetNamespace: default
          namePrefix: {{name}}-
          sourceRef: {kind: GitRepository, name: fleet}

        """;
}

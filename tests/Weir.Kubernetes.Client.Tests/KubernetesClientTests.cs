using Weir.Values;

namespace Weir.Kubernetes.Client.Tests;

/// <summary>The client against a running server.</summary>
public sealed class KubernetesClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_created_read_changed_and_deleted()
    {
        var client = server.Client;
        await client.CreateAsync(RunningServer.ConfigMapOf("life", "{a: '1'}"), WriteOptions.Default, Cancellation);
        var read = await client.GetAsync(RunningServer.ConfigMap, "default", "life", Cancellation);
        read.GetMap("data")!["a"] = "2";
        await client.UpdateAsync(read, WriteOptions.Default, Cancellation);
        await client.PatchAsync(
            RunningServer.ConfigMap, "default", "life", PatchType.Merge,
            new MapValue { ["data"] = new MapValue { ["b"] = "3" } }, WriteOptions.Default, Cancellation);
        var after = await client.FindAsync(RunningServer.ConfigMap, "default", "life", Cancellation);
        Assert.Equal(["2", "3"], after!.GetMap("data")!.Select(p => ((StringValue)p.Value).Value));
        await client.DeleteAsync(RunningServer.ConfigMap, "default", "life", DeleteOptions.Background, Cancellation);
        Assert.Null(await client.FindAsync(RunningServer.ConfigMap, "default", "life", Cancellation));
    }

    [Fact]
    public async Task A_refusal_carries_the_reason_of_the_server()
    {
        var client = server.Client;
        await client.CreateAsync(RunningServer.ConfigMapOf("twice"), WriteOptions.Default, Cancellation);
        var refusal = await Assert.ThrowsAsync<ApiException>(() =>
            client.CreateAsync(RunningServer.ConfigMapOf("twice"), WriteOptions.Default, Cancellation));
        Assert.True(refusal.IsAlreadyExists);
        Assert.False(refusal.IsConflict);
        Assert.Equal("configmaps \"twice\" already exists", refusal.Message);
    }

    [Fact]
    public async Task A_stale_update_is_a_conflict()
    {
        var client = server.Client;
        var first = await client.CreateAsync(RunningServer.ConfigMapOf("stale"), WriteOptions.Default, Cancellation);
        var second = first.DeepClone();
        first["data"] = new MapValue { ["a"] = "1" };
        await client.UpdateAsync(first, WriteOptions.Default, Cancellation);
        second["data"] = new MapValue { ["a"] = "2" };
        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.UpdateAsync(second, WriteOptions.Default, Cancellation));
        Assert.True(refusal.IsConflict);
    }

    [Fact]
    public async Task A_kind_that_is_not_served_is_named()
    {
        var unknown = new GroupVersionKind("example.org", "v1", "Widget");
        var error = await Assert.ThrowsAsync<KindNotServedException>(() => server.Client.GetAsync(unknown, "default", "a", Cancellation));
        Assert.Contains("Widget", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_collection_is_read_in_pages()
    {
        var client = server.Client;
        for (var i = 0; i < 7; i++)
        {
            await client.CreateAsync(RunningServer.ConfigMapOf($"page-{i}", metadata: "labels: {set: pages}"), WriteOptions.Default, Cancellation);
        }

        var list = await client.ListAsync(
            RunningServer.ConfigMap, new ListOptions { Namespace = "default", LabelSelector = "set=pages", PageSize = 3 }, Cancellation);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"page-{i}"), list.Items.Select(o => o.Name()));
        Assert.All(list.Items, o => Assert.Equal("ConfigMap", o.GetString("kind")));
    }

    [Fact]
    public async Task An_informer_follows_a_collection()
    {
        var client = server.Client;
        await client.CreateAsync(RunningServer.ConfigMapOf("seen-1", metadata: "labels: {set: seen}"), WriteOptions.Default, Cancellation);
        var informer = new Informer(client, RunningServer.ConfigMap, new ListOptions { LabelSelector = "set=seen" });
        var events = System.Threading.Channels.Channel.CreateUnbounded<string>();
        informer.OnChange(e => events.Writer.TryWrite(e.New is null ? $"-{e.Old!.Name()}" : $"+{e.New.Name()}"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = informer.RunAsync(stop.Token);
        await informer.Synced.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        await client.CreateAsync(RunningServer.ConfigMapOf("seen-2", metadata: "labels: {set: seen}"), WriteOptions.Default, Cancellation);
        await client.DeleteAsync(RunningServer.ConfigMap, "default", "seen-1", DeleteOptions.Background, Cancellation);
        var seen = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            seen.Add(await events.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancellation));
        }

        Assert.Equal(["+seen-1", "+seen-2", "-seen-1"], seen);
        Assert.Null(informer.Find("default", "seen-1"));
        Assert.NotNull(informer.Find("default", "seen-2"));
        await stop.CancelAsync();
        await running;
    }
}

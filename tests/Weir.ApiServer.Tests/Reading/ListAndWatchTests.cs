using System.Net;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Tests.Reading;

public sealed class ListAndWatchTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Pages_of_a_list_are_one_state_whatever_happens_meanwhile()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "a", "b", "c");
        var (_, first) = await cluster.GetAsync($"{Path}?limit=1&labelSelector=t=1");
        await CreateAsync(cluster, "bb");
        var token = first.At("metadata", "continue")!.ToString();
        var (_, rest) = await cluster.GetAsync($"{Path}?limit=10&labelSelector=t=1&continue={token}");
        Assert.Equal(["a"], Names(first));
        Assert.Equal(["b", "c"], Names(rest));
        Assert.Equal(first.At("metadata", "resourceVersion"), rest.At("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task A_watch_goes_on_where_a_list_ended()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "a");
        var (_, list) = await cluster.GetAsync(Path);
        await CreateAsync(cluster, "b");
        await cluster.MergeAsync($"{Path}/a", "{data: {x: z}}");
        await cluster.DeleteAsync($"{Path}/b");
        var events = await cluster.WatchAsync($"{Path}?watch=true&labelSelector=t=1&resourceVersion={list.At("metadata", "resourceVersion")}", 3);
        Assert.Equal(["ADDED b", "MODIFIED a", "DELETED b"], events.Select(e => $"{e.GetString("type")} {e.At("object", "metadata", "name")}"));
    }

    [Fact]
    public async Task What_leaves_a_selection_is_deleted_for_its_watchers()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "a");
        var (_, list) = await cluster.GetAsync(Path);
        await cluster.MergeAsync($"{Path}/a", "{metadata: {labels: {t: null}}}");
        var events = await cluster.WatchAsync($"{Path}?watch=true&labelSelector=t=1&resourceVersion={list.At("metadata", "resourceVersion")}", 1);
        Assert.Equal("DELETED", events[0].GetString("type"));
    }

    [Fact]
    public async Task A_version_of_the_future_is_refused_and_one_that_is_no_number_too()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal(HttpStatusCode.GatewayTimeout, (await cluster.GetAsync($"{Path}?resourceVersion=99999999&resourceVersionMatch=NotOlderThan")).Code);
        Assert.Equal(HttpStatusCode.BadRequest, (await cluster.GetAsync($"{Path}?resourceVersion=x")).Code);
    }

    [Fact]
    public async Task A_version_that_has_left_the_window_has_expired()
    {
        await using var store = new ObjectStore(new MemoryRevisionLog(), window: 2);
        var table = store.Table("configmaps");
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            await store.PutAsync(table, null, new DraftObject(new MapValue { ["metadata"] = new MapValue { ["name"] = name, ["namespace"] = "default" } }));
        }

        Assert.False(table.TryFindPosition(2, out _));
        Assert.Null(table.At(2));
        Assert.True(table.TryFindPosition(store.Version - 1, out _));
        Assert.Equal(3, table.At(store.Version - 1)!.Count);
    }

    private static async Task CreateAsync(TestCluster cluster, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync(Path, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, labels: {{t: \"1\"}}}}}}")).Code);
        }
    }

    private static IEnumerable<string> Names(MapValue list) => (list.GetList("items") ?? []).Select(i => i.At("metadata", "name")?.ToString() ?? "");
}

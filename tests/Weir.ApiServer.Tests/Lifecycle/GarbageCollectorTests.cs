using System.Net;
using System.Text.Json;
using Weir.Values;

namespace Weir.ApiServer.Tests.Lifecycle;

public sealed class GarbageCollectorTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps";

    [Fact]
    public async Task Dependents_of_an_owner_that_is_gone_go_too()
    {
        await using var cluster = await TestCluster.StartAsync();
        var owner = await CreateAsync(cluster, "owner");
        await CreateAsync(cluster, "dependent", Reference("owner", owner));
        await cluster.DeleteAsync($"{Path}/owner");
        await cluster.GoneAsync($"{Path}/dependent");
    }

    [Fact]
    public async Task An_owner_that_never_was_counts_as_gone_and_so_does_one_of_another_uid()
    {
        await using var cluster = await TestCluster.StartAsync();
        await CreateAsync(cluster, "owner");
        await CreateAsync(cluster, "ghost", Reference("nobody", "00000000-0000-0000-0000-000000000001"));
        await CreateAsync(cluster, "wrong", Reference("owner", "00000000-0000-0000-0000-000000000002"));
        await cluster.GoneAsync($"{Path}/ghost");
        await cluster.GoneAsync($"{Path}/wrong");
        Assert.Equal(HttpStatusCode.OK, (await cluster.GetAsync($"{Path}/owner")).Code);
    }

    [Fact]
    public async Task A_dependent_with_another_owner_only_loses_the_reference()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (first, second) = (await CreateAsync(cluster, "first"), await CreateAsync(cluster, "second"));
        await CreateAsync(cluster, "dependent", Reference("first", first), Reference("second", second));
        await cluster.DeleteAsync($"{Path}/first");
        var left = await cluster.EventuallyAsync($"{Path}/dependent", static (_, body) => body.At("metadata", "ownerReferences") is ListValue { Count: 1 });
        Assert.Equal("second", (left.At("metadata", "ownerReferences") as ListValue)?[0].At("name")?.ToString());
    }

    [Fact]
    public async Task A_foreground_deletion_waits_for_what_blocks_it()
    {
        await using var cluster = await TestCluster.StartAsync();
        var owner = await CreateAsync(cluster, "owner");
        await CreateAsync(cluster, "dependent", Reference("owner", owner, blocks: true));
        await cluster.MergeAsync($"{Path}/dependent", "{metadata: {finalizers: [x.io/hold]}}");
        await cluster.DeleteAsync($"{Path}/owner?propagationPolicy=Foreground");
        await cluster.EventuallyAsync($"{Path}/dependent", static (_, body) => body.At("metadata", "deletionTimestamp") is not null);
        Assert.Equal(HttpStatusCode.OK, (await cluster.GetAsync($"{Path}/owner")).Code);
        await cluster.MergeAsync($"{Path}/dependent", "{metadata: {finalizers: null}}");
        await cluster.GoneAsync($"{Path}/owner");
    }

    [Fact]
    public async Task Orphans_stay_without_their_owner()
    {
        await using var cluster = await TestCluster.StartAsync();
        var owner = await CreateAsync(cluster, "owner");
        await CreateAsync(cluster, "dependent", Reference("owner", owner));
        await cluster.DeleteAsync($"{Path}/owner?propagationPolicy=Orphan");
        await cluster.GoneAsync($"{Path}/owner");
        var (code, dependent) = await cluster.GetAsync($"{Path}/dependent");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Null(dependent.At("metadata", "ownerReferences"));
    }

    private static async Task<string> CreateAsync(TestCluster cluster, string name, params string[] owners)
    {
        var (code, created) = await cluster.PostAsync(Path, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, ownerReferences: [{string.Join(", ", owners)}]}}}}");
        Assert.Equal(HttpStatusCode.Created, code);
        return created.At("metadata", "uid")!.ToString()!;
    }

    private static string Reference(string name, string uid, bool blocks = false) =>
        $"{{apiVersion: v1, kind: ConfigMap, name: {name}, uid: {uid}, blockOwnerDeletion: {JsonSerializer.Serialize(blocks)}}}";
}

using System.Net;
using Weir.Values;

namespace Weir.ApiServer.Tests.Writing;

public sealed class ApplyTests
{
    private const string Path = "/api/v1/namespaces/default/configmaps/a";

    [Fact]
    public async Task A_field_of_another_manager_is_a_conflict_until_it_is_forced()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await cluster.ApplyAsync(Path, "one", ConfigMap("1"))).Code);
        var (code, status) = await cluster.ApplyAsync(Path, "two", ConfigMap("2"));
        Assert.Equal(HttpStatusCode.Conflict, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .data.k", status.GetString("message"));
        var (_, forced) = await cluster.ApplyAsync(Path, "two", ConfigMap("2"), force: true);
        Assert.Equal("2", forced.At("data", "k")?.ToString());
    }

    [Fact]
    public async Task What_a_manager_no_longer_applies_goes_and_the_same_again_changes_nothing()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.ApplyAsync(Path, "one", ConfigMap("1"));
        var (_, emptied) = await cluster.ApplyAsync(Path, "one", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        Assert.Null(emptied["data"]);
        var (_, again) = await cluster.ApplyAsync(Path, "one", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        Assert.Equal(emptied.At("metadata", "resourceVersion"), again.At("metadata", "resourceVersion"));
    }

    private static string ConfigMap(string value) => $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a}}, data: {{k: \"{value}\"}}}}";
}

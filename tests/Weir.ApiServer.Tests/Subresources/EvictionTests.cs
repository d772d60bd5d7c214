using System.Net;
using Weir.Values;

namespace Weir.ApiServer.Tests.Subresources;

public sealed class EvictionTests
{
    [Fact]
    public async Task A_pod_that_its_budget_needs_is_not_evicted()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await cluster.PostAsync("/api/v1/namespaces/default/pods", "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}");
        await cluster.PostAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: keep}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}");
        await cluster.EventuallyAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets/keep", static (_, b) => b.At("status", "currentHealthy")?.ToString() == "1");
        const string eviction = "{apiVersion: policy/v1, kind: Eviction, metadata: {name: web}}";
        var (code, refused) = await cluster.PostAsync("/api/v1/namespaces/default/pods/web/eviction", eviction);
        Assert.Equal(HttpStatusCode.TooManyRequests, code);
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", refused.GetString("message"));
        Assert.Equal("The disruption budget keep needs 1 healthy pods and has 1 currently", (refused.At("details", "causes") as ListValue)?[0].At("message")?.ToString());
        await cluster.DeleteAsync("/apis/policy/v1/namespaces/default/poddisruptionbudgets/keep");
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync("/api/v1/namespaces/default/pods/web/eviction", eviction)).Code);
    }
}

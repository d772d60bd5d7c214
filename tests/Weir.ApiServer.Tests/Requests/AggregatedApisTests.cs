using System.Net;

namespace Weir.ApiServer.Tests.Requests;

public sealed class AggregatedApisTests
{
    [Fact]
    public async Task Who_asks_for_an_API_of_another_server_is_told_that_nothing_is_forwarded()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await cluster.GetAsync("/apis/metrics.k8s.io/v1beta1/nodes")).Code);
        await cluster.PostAsync("/apis/apiregistration.k8s.io/v1/apiservices", """
            apiVersion: apiregistration.k8s.io/v1
            kind: APIService
            metadata: {name: v1beta1.metrics.k8s.io}
            spec: {group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, insecureSkipTLSVerify: true, service: {name: metrics, namespace: kube-system}}
            """);
        foreach (var path in (string[])["/apis/metrics.k8s.io/v1beta1", "/apis/metrics.k8s.io/v1beta1/nodes"])
        {
            var (code, body) = await cluster.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, code);
            Assert.Equal(
                "service unavailable: APIService \"v1beta1.metrics.k8s.io\" hands metrics.k8s.io/v1beta1 to the service kube-system/metrics, and an embedded API forwards nothing",
                body.GetString("message"));
        }
    }
}

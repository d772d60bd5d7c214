using System.Net;
using Weir.Values;

namespace Weir.ApiServer.Tests.Admission;

public sealed class QuotaTests
{
    private const string Default = "/api/v1/namespaces/default";

    [Fact]
    public async Task What_would_exceed_a_quota_is_refused_until_something_goes()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await QuotaAsync(cluster, "{count/secrets: 2, secrets: 5}");
        Assert.Equal(HttpStatusCode.Created, (await SecretAsync(cluster, "a")).Code);
        Assert.Equal(HttpStatusCode.Created, (await SecretAsync(cluster, "b")).Code);
        var (code, refused) = await SecretAsync(cluster, "c");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal("secrets \"c\" is forbidden: exceeded quota: q, requested: count/secrets=1, used: count/secrets=2, limited: count/secrets=2", refused.GetString("message"));
        Assert.Equal("2", (await cluster.GetAsync($"{Default}/resourcequotas/q")).Body.At("status", "used", "secrets")?.ToString());
        await cluster.DeleteAsync($"{Default}/secrets/a");
        await cluster.EventuallyAsync($"{Default}/resourcequotas/q", static (_, q) => q.At("status", "used", "count/secrets")?.ToString() == "1");
        Assert.Equal(HttpStatusCode.Created, (await SecretAsync(cluster, "c")).Code);
    }

    [Fact]
    public async Task Many_writers_at_once_do_not_share_what_is_left()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await QuotaAsync(cluster, "{count/secrets: 5}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => SecretAsync(cluster, $"s{i}")));
        Assert.Equal(5, answers.Count(static a => a.Code == HttpStatusCode.Created));
        Assert.All(answers, static a => Assert.True(a.Code is HttpStatusCode.Created or HttpStatusCode.Forbidden, a.Body.ToString()));
        Assert.Equal("5", (await cluster.GetAsync($"{Default}/resourcequotas/q")).Body.At("status", "used", "count/secrets")?.ToString());
    }

    [Fact]
    public async Task A_deployment_says_why_its_pods_are_missing()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await QuotaAsync(cluster, "{requests.cpu: \"1\", pods: 10}");
        await cluster.PostAsync("/apis/apps/v1/namespaces/default/deployments", """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 400m}}}]}
            """);
        var deployment = await cluster.EventuallyAsync("/apis/apps/v1/namespaces/default/deployments/web", static (_, d) =>
            (d.At("status", "conditions") as ListValue ?? []).Any(static c => c.At("type")?.ToString() == "ReplicaFailure"));
        var failure = ((ListValue)deployment.At("status", "conditions")!).OfType<MapValue>().Single(static c => c.GetString("type") == "ReplicaFailure");
        Assert.EndsWith("exceeded quota: q, requested: requests.cpu=400m, used: requests.cpu=800m, limited: requests.cpu=1", failure.GetString("message"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await cluster.PostAsync($"{Default}/pods", "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}")).Code);
    }

    [Fact]
    public async Task Custom_resources_count_and_a_dry_run_does_not()
    {
        await using var cluster = await TestCluster.StartAsync(new SimulationOptions());
        await QuotaAsync(cluster, "{count/deployments.apps: 1}");
        const string deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}";
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync("/apis/apps/v1/namespaces/default/deployments?dryRun=All", deployment)).Code);
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync("/apis/apps/v1/namespaces/default/deployments", deployment)).Code);
        var (code, _) = await cluster.PostAsync("/apis/apps/v1/namespaces/default/deployments?dryRun=All", deployment.Replace("web", "other", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, code);
    }

    [Fact]
    public async Task Names_that_are_no_resources_are_refused()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (code, body) = await cluster.PostAsync($"{Default}/resourcequotas", "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {podz: 1}}}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal("ResourceQuota \"q\" is invalid: spec.hard[podz]: Invalid value: \"podz\": must be a standard resource for quotas", body.GetString("message"));
    }

    private static async Task QuotaAsync(TestCluster cluster, string hard)
    {
        var (code, body) = await cluster.PostAsync($"{Default}/resourcequotas", $"{{apiVersion: v1, kind: ResourceQuota, metadata: {{name: q}}, spec: {{hard: {hard}}}}}");
        Assert.True(code == HttpStatusCode.Created, body.ToString());
        await cluster.EventuallyAsync($"{Default}/resourcequotas/q", static (_, q) => q.At("status", "used") is not null);
    }

    private static Task<(HttpStatusCode Code, MapValue Body)> SecretAsync(TestCluster cluster, string name) =>
        cluster.PostAsync($"{Default}/secrets", $"{{apiVersion: v1, kind: Secret, metadata: {{name: {name}}}}}");
}

using System.Net;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Tests.Admission;

public sealed class WebhookTests
{
    private const string Configurations = "/apis/admissionregistration.k8s.io/v1";
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Rules = "rules: [{operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: [configmaps]}]";

    [Fact]
    public async Task A_validating_webhook_sees_the_write_and_refuses_it_with_its_own_status()
    {
        await using var hook = await FakeWebhook.StartAsync(static r => r.At("object", "data", "a")?.ToString() == "bad"
            ? "{allowed: false, status: {code: 403, reason: Forbidden, message: not this one}}"
            : "{allowed: true, warnings: [mind the gap]}");
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, {Rules}");

        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(cluster, "good", "{a: good}")).Code);
        var (code, refused) = await CreateAsync(cluster, "bad", "{a: bad}");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal("admission webhook \"one.example.com\" denied the request: not this one", refused.GetString("message"));
        Assert.Equal("Forbidden", refused.GetString("reason"));

        await cluster.DeleteAsync($"{ConfigMaps}/good");
        var last = hook.Asked[^1];
        Assert.Equal("DELETE", last.GetString("operation"));
        Assert.Equal("good", last.At("oldObject", "metadata", "name")?.ToString());
        Assert.IsType<NullValue>(last["object"]);
        var first = hook.Asked[0];
        Assert.Equal("kubernetes-admin", first.At("userInfo", "username")?.ToString());
        Assert.Equal("configmaps", first.At("requestResource", "resource")?.ToString());
        Assert.Equal("CreateOptions", first.At("options", "kind")?.ToString());
    }

    [Fact]
    public async Task A_mutating_webhook_changes_the_object_and_nobody_owns_what_it_adds()
    {
        await using var hook = await FakeWebhook.StartAsync(static _ => Patch("[{op: add, path: /metadata/labels, value: {seen: \"yes\"}}]"));
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Mutating", $"name: one.example.com, {Rules}");
        var (_, created) = await CreateAsync(cluster, "a", "{a: b}");
        Assert.Equal("yes", created.At("metadata", "labels", "seen")?.ToString());
        Assert.DoesNotContain("f:labels", JsonWriter.Write(created.At("metadata", "managedFields")!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_that_wants_it_is_asked_again_when_a_later_one_changed_something()
    {
        await using var hook = await FakeWebhook.StartAsync(static r => r.At("object", "metadata", "labels", "late") is null
            ? Patch("[{op: add, path: /metadata/annotations, value: {early: \"1\"}}]")
            : Patch("[{op: add, path: /metadata/annotations/again, value: \"1\"}]"));
        await using var late = await FakeWebhook.StartAsync(static _ => Patch("[{op: add, path: /metadata/labels, value: {late: \"yes\"}}]"));
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Mutating", $"name: one.example.com, reinvocationPolicy: IfNeeded, {Rules}", name: "a");
        await InstallAsync(cluster, late, "Mutating", $"name: two.example.com, {Rules}", name: "b");
        var (_, created) = await CreateAsync(cluster, "a", "{a: b}");
        Assert.Equal("1", created.At("metadata", "annotations", "again")?.ToString());
        Assert.Equal((2, 1), (hook.Asked.Count, late.Asked.Count));
    }

    [Theory]
    [InlineData("{http: 500, text: oops}", "failed to call webhook: an error on the server (\"oops\") has prevented the request from succeeding")]
    [InlineData("{http: 404}", "failed to call webhook: the server could not find the requested resource")]
    [InlineData("{allowed: true, uid: x}", "received invalid webhook response: expected response.uid=\"UID\", got \"x\"")]
    [InlineData("{allowed: true, patch: W10=, patchType: JSONPatch}", "received invalid webhook response: validating webhook may not return response.patch")]
    public async Task A_webhook_that_fails_refuses_unless_it_may_be_passed_over(string answer, string reason)
    {
        await using var hook = await FakeWebhook.StartAsync(_ => answer);
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, failurePolicy: Fail, {Rules}");
        var (code, refused) = await CreateAsync(cluster, "a", "{}");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Equal(
            $"Internal error occurred: failed calling webhook \"one.example.com\": {reason.Replace("UID", hook.Asked[0].GetString("uid"), StringComparison.Ordinal)}",
            refused.GetString("message"));
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, failurePolicy: Ignore, {Rules}");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(cluster, "a", "{}")).Code);
    }

    [Fact]
    public async Task A_webhook_that_does_not_answer_in_time_fails_and_others_go_on_meanwhile()
    {
        using var stop = new CancellationTokenSource();
        await using var hook = await FakeWebhook.StartAsync(async _ =>
        {
            await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(static _ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
            return [];
        });
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, timeoutSeconds: 1, {Rules}");
        var slow = CreateAsync(cluster, "a", "{}");
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: other}}")).Code);
        Assert.False(slow.IsCompleted);
        var (_, refused) = await slow;
        Assert.EndsWith("?timeout=1s\": context deadline exceeded", refused.GetString("message"), StringComparison.Ordinal);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task An_untrusted_certificate_and_a_closed_port_are_failures()
    {
        await using var hook = await FakeWebhook.StartAsync(static _ => "{allowed: true}");
        await using var stranger = await FakeWebhook.StartAsync(static _ => "{allowed: true}");
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, {Rules}", authority: stranger.Authority);
        Assert.EndsWith("tls: failed to verify certificate: x509: certificate signed by unknown authority", (await CreateAsync(cluster, "a", "{}")).Body.GetString("message"), StringComparison.Ordinal);
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, {Rules}", client: "{url: 'https://127.0.0.1:1/'}");
        Assert.Equal(
            "Internal error occurred: failed calling webhook \"one.example.com\": failed to call webhook: Post \"https://127.0.0.1:1/?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused",
            (await CreateAsync(cluster, "a", "{}")).Body.GetString("message"));
        Assert.Empty(hook.Asked);
    }

    [Fact]
    public async Task Conditions_decide_whether_a_webhook_is_asked()
    {
        await using var hook = await FakeWebhook.StartAsync(static _ => "{allowed: false}");
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, matchConditions: [{{name: cond, expression: \"object.metadata.name != 'free'\"}}], {Rules}");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(cluster, "free", "{}")).Code);
        var (code, refused) = await CreateAsync(cluster, "other", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Equal("admission webhook \"one.example.com\" denied the request without explanation", refused.GetString("message"));
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, matchConditions: [{{name: cond, expression: \"object.data.nope == 'x'\"}}], {Rules}");
        Assert.Equal(
            "configmaps \"other\" is forbidden: expression 'object.data.nope == 'x'' resulted in error: no such key: data",
            (await CreateAsync(cluster, "other", null)).Body.GetString("message"));
    }

    [Fact]
    public async Task A_dry_run_asks_only_webhooks_without_side_effects()
    {
        await using var hook = await FakeWebhook.StartAsync(static _ => "{allowed: true}");
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, sideEffects: NoneOnDryRun, {Rules}");
        var (code, _) = await cluster.PostAsync($"{ConfigMaps}?dryRun=All", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.True(Assert.Single(hook.Asked).GetBool("dryRun"));
    }

    [Fact]
    public async Task A_service_that_leads_to_loopback_is_called_by_its_name()
    {
        await using var hook = await FakeWebhook.StartAsync(static _ => "{allowed: false, status: {message: never}}");
        await using var cluster = await TestCluster.StartAsync();
        await cluster.PostAsync("/api/v1/namespaces/default/services", "{apiVersion: v1, kind: Service, metadata: {name: hook}, spec: {type: ExternalName, externalName: localhost}}");
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, {Rules}",
            client: $"{{service: {{name: hook, namespace: default, path: /x, port: {hook.Address.Port}}}, caBundle: {hook.Authority}}}");
        Assert.Equal("admission webhook \"one.example.com\" denied the request: never", (await CreateAsync(cluster, "a", "{}")).Body.GetString("message"));
    }

    [Fact]
    public async Task A_webhook_that_is_not_on_this_machine_is_warned_of()
    {
        await using var cluster = await TestCluster.StartAsync();
        await using var hook = await FakeWebhook.StartAsync(static _ => "{allowed: true}");
        await InstallAsync(cluster, hook, "Validating", $"name: one.example.com, {Rules}", client: "{url: 'https://example.com/x'}");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(cluster, "a", "{}")).Code);
    }

    [Fact]
    public async Task A_webhook_sees_the_version_that_its_rule_names()
    {
        await using var hook = await FakeWebhook.StartAsync(static r => r.At("object", "spec", "targetCPUUtilizationPercentage") is null
            ? "{allowed: false}"
            : Patch("[{op: replace, path: /spec/targetCPUUtilizationPercentage, value: 50}]"));
        await using var cluster = await TestCluster.StartAsync();
        await InstallAsync(cluster, hook, "Mutating", "name: one.example.com, rules: [{operations: ['*'], apiGroups: [autoscaling], apiVersions: [v1], resources: [horizontalpodautoscalers]}]");
        var (code, created) = await cluster.PostAsync("/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: a}
            spec:
              maxReplicas: 3
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
            """);
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal("autoscaling/v2", created.GetString("apiVersion"));
        Assert.Contains("\"averageUtilization\":50", JsonWriter.Write(created.GetMap("spec")!), StringComparison.Ordinal);
        var request = Assert.Single(hook.Asked);
        Assert.Equal(("v1", "v2"), (request.At("kind", "version")?.ToString(), request.At("requestKind", "version")?.ToString()));
    }

    private static string Patch(string operations)
    {
        var text = JsonWriter.Write(YamlReader.Read(operations).Result!);
        return $"{{allowed: true, patchType: JSONPatch, patch: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))}}}";
    }

    private static Task<(HttpStatusCode Code, MapValue Body)> CreateAsync(TestCluster cluster, string name, string? data) =>
        cluster.PostAsync(ConfigMaps, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}}}{(data is null ? "" : $", data: {data}")}}}");

    private static async Task InstallAsync(
        TestCluster cluster, FakeWebhook hook, string kind, string webhook, string name = "hooks", string? client = null, string? authority = null)
    {
        var plural = $"{kind.ToLowerInvariant()}webhookconfigurations";
        await cluster.DeleteAsync($"{Configurations}/{plural}/{name}");
        var effects = webhook.Contains("sideEffects", StringComparison.Ordinal) ? "" : "sideEffects: None, ";
        client ??= $"{{url: '{hook.Address}', caBundle: {authority ?? hook.Authority}}}";
        var (code, body) = await cluster.PostAsync($"{Configurations}/{plural}", $$"""
            apiVersion: admissionregistration.k8s.io/v1
            kind: {{kind}}WebhookConfiguration
            metadata: {name: {{name}}}
            webhooks: [{ {{webhook}}, {{effects}}admissionReviewVersions: [v1], clientConfig: {{client}} }]
            """);
        Assert.True(code == HttpStatusCode.Created, JsonWriter.Write(body));
    }
}

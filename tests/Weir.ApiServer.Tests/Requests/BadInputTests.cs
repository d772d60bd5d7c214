using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Tests.Requests;

/// <summary>What no client should send is answered with a proper Status, in bounded time and memory, and others go on.</summary>
public sealed class BadInputTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    // Ten million steps, which is what upstream lets an expression cost.
    private static readonly TimeSpan Eventually = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/yaml")]
    [InlineData("application/vnd.kubernetes.protobuf")]
    public async Task A_body_over_three_mebibytes_is_too_large(string type)
    {
        await using var cluster = await TestCluster.StartAsync();
        var (code, body) = await cluster.SendAsync(HttpMethod.Post, Maps, new string('x', (3 * 1024 * 1024) + 1), type);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, code);
        Assert.Equal("RequestEntityTooLarge", body.GetString("reason"));
        await StillWorksAsync(cluster);
    }

    [Theory]
    [InlineData(9_000)]
    [InlineData(200_000)]
    public async Task Deep_bodies_are_stored_or_refused(int depth)
    {
        await using var cluster = await TestCluster.StartAsync();
        await DefineAsync(cluster);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        var widget = $"{{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{{\"name\":\"w\"}},\"spec\":{{\"any\":{deep}}}}}";
        var lists = new string('[', depth) + new string(']', depth);
        foreach (var (method, path, body, type) in ((HttpMethod, string, string, string)[])
                 [
                     (HttpMethod.Post, Widgets, widget, "application/json"),
                     (HttpMethod.Post, Widgets + "?fieldValidation=Strict", widget.Replace("\"w\"", "\"s\"", StringComparison.Ordinal), "application/json"),
                     (HttpMethod.Post, Widgets, widget.Replace("\"w\"", "\"y\"", StringComparison.Ordinal), "application/yaml"),
                     (HttpMethod.Patch, Widgets + "/w", $"{{\"spec\":{{\"any\":{deep.Replace("1", "2", StringComparison.Ordinal)}}}}}", "application/merge-patch+json"),
                     (HttpMethod.Patch, Widgets + "/w", $"[{{\"op\":\"add\",\"path\":\"/spec/any\",\"value\":{{\"l\":{lists}}}}}]", "application/json-patch+json"),
                     (HttpMethod.Patch, Widgets + "/z?fieldManager=m&force=true", widget.Replace("\"w\"", "\"z\"", StringComparison.Ordinal), "application/apply-patch+yaml"),
                     (HttpMethod.Patch, "/api/v1/namespaces/default", $"{{\"metadata\":{{\"labels\":{deep}}}}}", "application/strategic-merge-patch+json"),
                     (HttpMethod.Post, Maps, lists, "application/json"),
                 ])
        {
            var (code, answer) = await cluster.SendAsync(method, path, body, type).WaitAsync(Soon, TestContext.Current.CancellationToken);
            Assert.True((int)code is >= 200 and < 300 || ((int)code is >= 400 and < 500 && answer.GetString("kind") == "Status"), $"{method} {path} {type}: {code} {answer.GetString("message")?[..Math.Min(200, answer.GetString("message")!.Length)]}");
            await StillWorksAsync(cluster);
        }
    }

    [Theory]
    [InlineData("6b387300")]
    [InlineData("6b3873000a")]
    [InlineData("6b38730012ffffffffffffffffff01")]
    [InlineData("6b3873000a0d0a02763112074e616d65737061636512020a00ff")]
    [InlineData("6b38730012ff")]
    [InlineData("00")]
    public async Task Malformed_protobuf_is_a_bad_request(string hex)
    {
        await using var cluster = await TestCluster.StartAsync();
        using var content = new ByteArrayContent(Convert.FromHexString(hex));
        content.Headers.ContentType = new("application/vnd.kubernetes.protobuf");
        var (code, body) = await cluster.SendAsync(HttpMethod.Post, "/api/v1/namespaces", content);
        Assert.True(code is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{code} {JsonWriter.Write(body)}");
        Assert.Equal("Status", body.GetString("kind"));
    }

    [Fact]
    public async Task Slow_clients_hold_up_nobody()
    {
        await using var cluster = await TestCluster.StartAsync();
        var slow = new List<SslStream>();
        try
        {
            for (var i = 0; i < 100; i++)
            {
                var stream = await ConnectAsync(cluster.Address);
                slow.Add(stream);

                // Half a head, or a head and a byte of the body that it promises.
                var text = i % 2 == 0
                    ? "GET /api HTTP/1.1\r\nHost: x\r\nX-Slow:"
                    : $"POST {Maps} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {cluster.Token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{";
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
                await stream.FlushAsync(TestContext.Current.CancellationToken);
            }

            await StillWorksAsync(cluster);

            // Who sends nothing more of its body is cut off.
            var buffer = new byte[1_000];
            var read = await slow[1].ReadAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            Assert.True(read == 0 || System.Text.Encoding.ASCII.GetString(buffer, 0, read).Contains(" 4", StringComparison.Ordinal), System.Text.Encoding.ASCII.GetString(buffer, 0, read));
        }
        finally
        {
            foreach (var stream in slow)
            {
                await stream.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Thousands_of_idle_watches_cost_little_and_hear_what_happens()
    {
        await using var cluster = await TestCluster.StartAsync();
        const int count = 3_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromMinutes(2));
        var watches = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => cluster.OpenWatchAsync($"{Maps}?watch=true&fieldSelector=metadata.name=seen", stop.Token)));
        var used = (GC.GetTotalMemory(forceFullCollection: true) - before) / count;
        Assert.True(used < 100_000, $"{used} bytes for a watch and its client");
        await StillWorksAsync(cluster);
        await cluster.PostAsync(Maps, "{apiVersion: v1, kind: ConfigMap, metadata: {name: seen}}");
        var lines = await Task.WhenAll(watches.Select(w => w.ReadLineAsync(stop.Token).AsTask()));
        Assert.All(lines, static l => Assert.Contains("\"ADDED\"", l, StringComparison.Ordinal));
        foreach (var watch in watches)
        {
            watch.Dispose();
        }
    }

    [Fact]
    public async Task Warnings_about_anything_fit_into_headers()
    {
        await using var cluster = await TestCluster.StartAsync();
        var fields = string.Join(", ", Enumerable.Range(0, 2_000).Select(static i => $"\"unbekanntes Feld äöü {i}\": 1"));
        var warnings = await cluster.WarningsAsync("/api/v1/namespaces/default", $"{{spec: {{{fields}}}}}");
        Assert.InRange(warnings.Sum(static w => w.Length), 1, 5_000);
        Assert.Equal(["unknown field \"spec.\\u2028x\""], (await cluster.WarningsAsync("/api/v1/namespaces/default", "{spec: {\"\\u2028x\": 1, \"a\\nb\": 1}}")).Select(static w => w.Replace("\u2028", "\\u2028", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Expressions_that_would_run_for_ever_are_refused_or_stopped()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (code, refused) = await cluster.PostAsync(Definitions, Definition("{type: array, items: {type: string}}", "self.all(a, self.all(b, self.all(c, a.matches(b) && b.matches(c))))"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Contains("exceeds budget by factor of", refused.GetString("message"), StringComparison.Ordinal);

        await cluster.PostAsync("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: endless}
            spec:
              matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]}
              validations: [{expression: "object.data.all(a, object.data.all(b, object.data.all(c, object.data.all(d, object.data[a].matches('^(x+x+)+y$') || a != b || c != d || true))))"}]
            """);
        await cluster.PostAsync("/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings", """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: endless}
            spec: {policyName: endless, validationActions: [Deny]}
            """);
        var data = string.Join(", ", Enumerable.Range(0, 500).Select(static i => $"k{i}: {new string('x', 200)}"));
        var (stopped, status) = await cluster.PostAsync(Maps, $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: big}}, data: {{{data}}}}}").WaitAsync(Eventually, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stopped);
        Assert.Contains("cost", status.GetString("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_pattern_takes_no_time()
    {
        await using var cluster = await TestCluster.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync(Definitions, Definition("{type: string, pattern: '^(a+)+$', maxLength: 100000}", "true"))).Code);
        await cluster.EventuallyAsync(Widgets, static (c, _) => c == HttpStatusCode.OK);
        var (code, _) = await cluster.PostAsync(Widgets, $"{{apiVersion: example.com/v1, kind: Widget, metadata: {{name: w}}, spec: {{any: {new string('a', 50_000)}b}}}}").WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
    }

    [Theory]
    [InlineData("labelSelector", "a in (", 1_000)]
    [InlineData("labelSelector", "a=b,", 20_000)]
    [InlineData("fieldSelector", "metadata.name=x,", 5_000)]
    [InlineData("fieldSelector", "\\", 60_000)]
    [InlineData("continue", "AAAA", 10_000)]
    public async Task Long_selectors_are_answered(string parameter, string piece, int times)
    {
        await using var cluster = await TestCluster.StartAsync();
        var (code, _) = await cluster.GetAsync($"{Maps}?{parameter}={Uri.EscapeDataString(string.Concat(Enumerable.Repeat(piece, times)))}").WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.True((int)code is 200 or (>= 400 and < 500), $"{code}");
        await StillWorksAsync(cluster);
    }

    private static async Task<SslStream> ConnectAsync(Uri address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
#pragma warning disable CA5359 // The server is our own.
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), false, static (_, _, _, _) => true);
#pragma warning restore CA5359
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, TestContext.Current.CancellationToken);
        return stream;
    }

    private static async Task DefineAsync(TestCluster cluster)
    {
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync(Definitions, Definition("{type: object, x-kubernetes-preserve-unknown-fields: true}", "true"))).Code);
        await cluster.EventuallyAsync(Widgets, static (c, _) => c == HttpStatusCode.OK);
    }

    private static string Definition(string any, string rule) => $$$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      any: {{{Rule(any, rule)}}}
        """;

    private static string Rule(string schema, string rule) => rule == "true" ? schema : $"{schema[..^1]}, x-kubernetes-validations: [{{rule: \"{rule}\"}}]}}";

    private static async Task StillWorksAsync(TestCluster cluster)
    {
        var (code, _) = await cluster.GetAsync("/api/v1/namespaces/default").WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, code);
    }
}

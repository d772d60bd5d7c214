namespace Weir.Kubernetes.Client.Tests;

/// <summary>Kubeconfig files.</summary>
public sealed class KubeConfigReaderTests
{
    private const string Text = """
        apiVersion: v1
        kind: Config
        current-context: one
        clusters:
        - {name: c1, cluster: {server: "https://127.0.0.1:6443", tls-server-name: api}}
        - {name: c2, cluster: {server: "https://127.0.0.1:7443", insecure-skip-tls-verify: true}}
        users:
        - {name: u1, user: {token: secret-token}}
        - {name: u2, user: {exec: {command: aws}}}
        contexts:
        - {name: one, context: {cluster: c1, user: u1, namespace: apps}}
        - {name: two, context: {cluster: c2, user: u2}}
        """;

    [Fact]
    public void The_current_context_is_taken()
    {
        var connection = KubeConfigReader.Read(Text, null).Result!;
        Assert.Equal("https://127.0.0.1:6443/", connection.Server.ToString());
        Assert.Equal(("secret-token", "apps", "api"), (connection.Token, connection.Namespace, connection.TlsServerName));
        Assert.DoesNotContain("secret-token", connection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_fetches_credentials_is_refused_by_name()
    {
        var parsed = KubeConfigReader.Read(Text, null, "two");
        Assert.Null(parsed.Result);
        var message = Assert.Single(parsed.Diagnostics).Message;
        Assert.Contains("'exec'", message, StringComparison.Ordinal);
        Assert.Contains("u2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the kubeconfig is empty or not a map")]
    [InlineData("current-context: x", "context \"x\" does not exist")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}]}", "cluster \"c\" has no usable server address")]
    public void A_broken_file_says_what_is_missing(string text, string message)
    {
        var parsed = KubeConfigReader.Read(text, null);
        Assert.Null(parsed.Result);
        Assert.Equal(message, parsed.Diagnostics[^1].Message);
    }
}

namespace Weir.Cli.Tests.Verbs;

/// <summary><c>weir logs</c>: the lines of flux's own test of its command.</summary>
public sealed class LogsTests(LiveCluster cluster) : IDisposable
{
    private const string Lines = """
        {"level":"info","ts":"2022-08-02T12:55:34.419Z","msg":"no changes","controller":"gitrepository","controllerKind":"GitRepository","name":"podinfo","namespace":"default"}
        not structured
        {"level":"error","ts":"2022-08-02T12:56:04.679Z","logger":"controller.gitrepository","msg":"Reconciler error","reconciler kind":"GitRepository","name":"fleet","namespace":"flux-system","error":"no"}
        {"level":"error","ts":"2022-08-02T12:56:34.961Z","msg":"Reconciler error","controllerKind":"Kustomization","name":"podinfo","namespace":"flux-system","error":"bad"}
        {"level":"info","ts":"2022-08-02T12:57:34.961Z","msg":"starting"}

        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(
        "2022-08-02T12:55:34.419Z info GitRepository/podinfo.default - no changes \n2022-08-02T12:56:04.679Z error GitRepository/fleet.flux-system - Reconciler error no\n"
        + "2022-08-02T12:56:34.961Z error Kustomization/podinfo.flux-system - Reconciler error bad\n2022-08-02T12:57:34.961Z info  - starting \n",
        "-A")]
    [InlineData("2022-08-02T12:55:34.419Z info GitRepository/podinfo.default - no changes \n", "-n", "default")]
    [InlineData("2022-08-02T12:56:34.961Z error Kustomization/podinfo.flux-system - Reconciler error bad\n", "--kind", "kustomization", "--level", "error")]
    [InlineData("2022-08-02T12:56:34.961Z error Kustomization/podinfo.flux-system - Reconciler error bad\n", "-A", "--name", "podinfo", "--since-time", "2022-08-02T12:56:00Z")]
    [InlineData("2022-08-02T12:57:34.961Z info  - starting \n", "-A", "--tail", "1")]
    [InlineData("", "-A", "--since", "1m")]
    public async Task Lines_of_a_local_engine_are_filtered_and_formatted(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(_file, Lines, TestContext.Current.CancellationToken);
        var (code, output, errors) = await cluster.RunAsync(["logs", "--log-file", _file, .. arguments]);
        Assert.Equal((0, expected, ""), (code, output, errors));
    }

    [Theory]
    [InlineData("✗ no Flux pods found in namespace \"flux-system\"\n")]
    [InlineData("✗ no Flux pods found in namespace \"empty\"\n", "--flux-namespace", "empty")]
    [InlineData("✗ at most one of `sinceTime` or `sinceDuration` may be specified\n", "--since", "1m", "--since-time", "2022-08-02T12:56:00Z")]
    [InlineData("✗ yesterday is not a valid (RFC3339) time\n", "--since-time", "yesterday")]
    [InlineData("✗ log level 'loud' is not supported, must be one of: debug, info, error\n", "--level", "loud")]
    public async Task What_cannot_be_read_is_told(string message, params string[] arguments)
    {
        var (code, _, errors) = await cluster.RunAsync(["logs", .. arguments]);
        Assert.Equal((1, message), (code, errors));
    }
}

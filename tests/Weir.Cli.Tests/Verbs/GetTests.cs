namespace Weir.Cli.Tests.Verbs;

/// <summary><c>weir get</c> against running controllers; the layout is that of flux's golden files.</summary>
public sealed class GetTests(LiveCluster cluster)
{
    private string Revision => $"main@sha1:{cluster.Commit[..8]}";

    [Fact]
    public async Task One_object_has_the_columns_of_flux()
    {
        var (code, output, errors) = await cluster.RunAsync("get", "kustomization", "apps");
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            $"NAME\tREVISION          \tSUSPENDED\tREADY\tMESSAGE                              \n"
            + $"apps\t{Revision}\tFalse    \tTrue \tApplied revision: {Revision}\t\n",
            Trimmed(output));
    }

    [Fact]
    public async Task All_namespaces_put_the_namespace_first_and_all_kinds_name_the_kind()
    {
        var (code, output, _) = await cluster.RunAsync("get", "all", "-A");
        Assert.Equal(0, code);
        var tables = output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(tables, t => Assert.StartsWith("NAMESPACE  \tNAME", t, StringComparison.Ordinal));
        Assert.Contains($"flux-system\tgitrepository/fleet\t{Revision}\tFalse    \tTrue \tstored artifact for revision '{Revision}'\t", output, StringComparison.Ordinal);
        Assert.Contains("\thelmrelease/app\t1.2.3   \tFalse    \tTrue \tHelm install succeeded for release flux-system/app.v1 with chart app@1.2.3\t", output, StringComparison.Ordinal);
        Assert.Contains("\thelmrepository/registry\t        \tFalse    \tTrue \tHelm repository is Ready\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_selectors_match_or_are_negated()
    {
        var failing = await cluster.RunAsync("get", "ks", "--status-selector", "ready=false", "--no-header");
        Assert.StartsWith("broken", failing.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\napps", failing.Output, StringComparison.Ordinal);
        var others = await cluster.RunAsync("get", "ks", "--status-selector", "ready!=false");
        Assert.Contains("\napps", others.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("broken", others.Output, StringComparison.Ordinal);
        var wrong = await cluster.RunAsync("get", "ks", "--status-selector", "ready");
        Assert.Equal((1, "✗ expected status selector in type=status or type!=status format, but found: ready\n"), (wrong.Code, wrong.Errors));
    }

    [Fact]
    public async Task Labels_select_objects()
    {
        Assert.Contains("fleet", (await cluster.RunAsync("get", "sources", "git", "-l", "shard=one")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await cluster.RunAsync("get", "sources", "git", "-l", "shard=two")).Code);
    }

    [Fact]
    public async Task Sources_are_shown_when_asked_for()
    {
        var (_, output, _) = await cluster.RunAsync("get", "ks", "apps", "--show-source");
        Assert.Equal(["NAME", "SOURCE", "REVISION", "SUSPENDED", "READY", "MESSAGE"], output.Split('\n')[0].Split('\t').Select(static c => c.Trim()));
        Assert.Contains("apps\tGitRepository/flux-system/fleet\t", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("✗ Kustomization object 'absent' not found in \"flux-system\" namespace\n", "ks", "absent")]
    [InlineData("✗ no Bucket objects found in \"empty\" namespace\n", "sources", "bucket", "-n", "empty")]
    [InlineData("✗ no ArtifactGenerator objects found in any namespace\n", "artifacts", "generators", "-A")]
    [InlineData("✗ expected a single resource type, but found all\n", "all", "--watch")]
    public async Task What_is_not_there_is_a_failure(string message, params string[] arguments)
    {
        var (code, output, errors) = await cluster.RunAsync(["get", .. arguments]);
        Assert.Equal((1, "", message), (code, output, errors));
    }

    [Fact]
    public async Task Nothing_of_all_kinds_is_no_failure()
    {
        var (code, output, errors) = await cluster.RunAsync("get", "all", "-n", "empty");
        Assert.Equal((0, "", ""), (code, output, errors));
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_is_a_failure()
    {
        var file = Path.Combine(cluster.Folder, "nowhere");
        await File.WriteAllTextAsync(file, "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: a, user: a}}]\nclusters: [{name: a, cluster: {server: 'https://127.0.0.1:1'}}]\nusers: [{name: a, user: {token: t}}]\n", TestContext.Current.CancellationToken);
        using var errors = new StringWriter();
        var code = await WeirProgram.RunAsync(
            ["get", "ks", "--kubeconfig", file], new() { Error = errors, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        Assert.Equal(1, code);
        Assert.StartsWith("✗ cannot reach https://127.0.0.1:1/: ", errors.ToString(), StringComparison.Ordinal);
    }

    // The header ends with a space that flux pads it with.
    private static string Trimmed(string output) => string.Join('\n', output.Split('\n').Select(static (l, i) => i == 0 ? l.TrimEnd(' ') + new string(' ', 30) : l));
}

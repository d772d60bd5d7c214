using Weir.Testing.Forges;

namespace Weir.EndToEnd.Tests;

/// <summary><c>weir diff publish</c> as a program: exit codes, messages, and what it leaves alone when it fails.</summary>
public sealed class PublishTests : IAsyncDisposable
{
    private readonly GitLabServer _server = new();
    private readonly TestFleet _fleet = TestFleet.Small();
    private readonly string _before;

    public PublishTests()
    {
        _fleet.Write("apps/claim.yaml", "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: default\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}");
        _before = _fleet.Commit();
        _fleet.Delete("apps/claim.yaml");
        _fleet.Commit();
    }

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_server.Violations);
        await _server.DisposeAsync();
        _fleet.Dispose();
    }

    [Fact]
    public async Task The_exit_code_is_that_of_the_diff_and_the_status_says_the_same()
    {
        var (code, output) = await PublishAsync("--gitlab", "--from", _before);
        Assert.Equal(2, code);
        Assert.Contains("The comment is written: https://gitlab.example.org/team/fleet/-/merge_requests/3#note_101", output, StringComparison.Ordinal);
        Assert.Contains("data-deletion", (string?)_server.Notes.Single()["body"], StringComparison.Ordinal);
        Assert.Equal("failed", (string?)_server.Statuses.Single()["state"]);

        // Once more, without saying where: the environment is GitLab's.
        (code, output) = await PublishAsync("--from", _before, "--fail-on", "never", "--no-status");
        Assert.Equal(1, code);
        Assert.Contains("The comment is up to date", output, StringComparison.Ordinal);
        Assert.Single(_server.Notes);
        Assert.Single(_server.Statuses);
    }

    [Fact]
    public async Task A_report_that_another_job_wrote_is_published_with_its_result()
    {
        Assert.Equal(2, (await WeirProcess.RunAsync(_fleet.Folder, "diff", "--from", _before, "-o", "markdown=weir.md")).ExitCode);
        Assert.Equal(0, (await PublishAsync("--gitlab", "--input", "weir.md")).Code);
        Assert.Equal("<!-- weir-diff:diff -->\n" + File.ReadAllText(Path.Combine(_fleet.Folder, "weir.md")), (string?)_server.Notes.Single()["body"]);
        Assert.Equal("failed", (string?)_server.Statuses.Single()["state"]);

        _fleet.Write("other.md", "Hello");
        Assert.Equal(0, (await PublishAsync("--gitlab", "--input", "other.md", "--marker", "other")).Code);
        Assert.Single(_server.Statuses);
    }

    [Fact]
    public async Task A_failure_exits_with_4_leaves_the_old_comment_and_writes_the_other_reports_whole()
    {
        _server.Add("<!-- weir-diff:diff -->\nold");
        _server.Fail("PUT", 403, $"token {_server.Token} is not enough");
        var (code, output) = await PublishAsync("--gitlab", "--from", _before, "--exit-zero", "-o", "html=weir.html");
        Assert.Equal(4, code);
        Assert.Contains("Error: GitLab answered 403 to PUT projects/12/merge_requests/3/notes/101 (token *** is not enough): the token of WEIR_GITLAB_TOKEN may not do this", output, StringComparison.Ordinal);
        Assert.Equal("<!-- weir-diff:diff -->\nold", (string?)_server.Notes.Single()["body"]);
        Assert.Empty(_server.Statuses);
        Assert.EndsWith("</html>\n", File.ReadAllText(Path.Combine(_fleet.Folder, "weir.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "the variable CI_API_V4_URL is not set", "CI_API_V4_URL", "--gitlab")]
    [InlineData(4, "the variable GITHUB_TOKEN is not set", "", "--github")]
    [InlineData(1, "say --gitlab or --github", "GITLAB_CI")]
    [InlineData(1, "--gitlab and --github exclude each other", "", "--gitlab", "--github")]
    [InlineData(1, "--marker a b: say letters", "", "--marker", "a b")]
    [InlineData(1, "--max-size 2000000: a comment here has at most 999976 characters", "", "--max-size", "2000000")]
    [InlineData(1, "--max-size 10: the least is 1000", "", "--max-size", "10")]
    [InlineData(1, "--input nowhere.md: Could not find file", "", "--input", "nowhere.md")]
    [InlineData(1, "--input empty.md: the file is empty; write it with", "", "--input", "empty.md")]
    [InlineData(4, "the comment has 1200025 characters and 1000000 is the most here; write it with --max-size 999976 or less", "", "--input", "large.md")]
    [InlineData(1, "leave --from out", "", "--input", "large.md", "--from", "HEAD")]
    [InlineData(1, "--link ftp://x: say an address", "", "--link", "ftp://x")]
    public async Task A_wrong_question_is_answered_before_anything_is_sent(int expected, string message, string missing, params string[] arguments)
    {
        _fleet.Write("empty.md", " ");
        _fleet.Write("large.md", new string('x', 1_200_000));
        var (code, output) = await PublishAsync(missing, arguments);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.Equal(expected, code);
        Assert.Empty(_server.Calls);
    }

    private Task<(int Code, string Output)> PublishAsync(params string[] arguments) => PublishAsync("", arguments);

    private async Task<(int Code, string Output)> PublishAsync(string missing, string[] arguments)
    {
        var environment = _server.Environment();
        environment[missing.Length > 0 ? missing : "UNUSED"] = "";
        var (code, output) = await WeirProcess.RunAsync(_fleet.Folder, environment, ["diff", "publish", .. arguments]);
        Assert.DoesNotContain(_server.Token, output, StringComparison.Ordinal);
        return (code, output);
    }
}

using System.Globalization;
using Weir.Fleet.Publishing;
using Weir.Testing.Forges;

namespace Weir.Fleet.Tests;

/// <summary>Comments and statuses on GitHub, against a server that knows the documented requests.</summary>
public sealed class GitHubPublisherTests : IAsyncDisposable
{
    private readonly GitHubServer _server = new();
    private readonly PromptTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-github-").FullName;

    private static Publication Publication => new() { Text = "The diff", Verdict = ReportVerdict.Findings, Summary = new string('s', 200) };

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_server.Violations);
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_first_run_writes_a_comment_and_a_status_of_the_head_of_the_pull_request()
    {
        var comment = await PublishAsync(Publication);
        Assert.True(comment.IsNew);
        Assert.Equal("https://github.example.org/team/fleet/pull/5#issuecomment-1001", comment.Address);
        Assert.Equal("<!-- weir-diff:diff -->\nThe diff", (string?)_server.Comments.Single()["body"]);
        var status = _server.Statuses.Single();
        Assert.Equal(("failure", "weir/diff", 140), ((string?)status["state"], (string?)status["context"], ((string)status["description"]!).Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Later_runs_replace_what_the_same_token_wrote(bool isPerson)
    {
        _server.PageLimit = 2;
        _server.IsPerson = isPerson;
        _server.Add("<!-- weir-diff:diff -->\nforged", author: 666, type: "User");
        _server.Add("<!-- weir-diff:other -->\nanother job");
        var mine = _server.Add("<!-- weir-diff:diff -->\nold", type: isPerson ? "User" : "Bot");
        Assert.False((await PublishAsync(Publication)).IsNew);
        Assert.EndsWith("The diff", (string?)mine["body"], StringComparison.Ordinal);
        Assert.Equal(3, _server.Comments.Count);
    }

    [Theory]
    [InlineData(ReportVerdict.Unchanged, "success")]
    [InlineData(ReportVerdict.Broken, "error")]
    public async Task The_status_follows_the_verdict(ReportVerdict verdict, string state)
    {
        await PublishAsync(Publication with { Verdict = verdict });
        Assert.Equal(state, (string?)_server.Statuses.Single()["state"]);
    }

    [Fact]
    public async Task A_limit_is_waited_for_as_its_headers_say()
    {
        var reset = PromptTime.Now.AddSeconds(20).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        _server.Fail("GET", 403, "API rate limit exceeded", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", reset));
        _server.Fail("POST /repos/team/fleet/issues", 403, "You have exceeded a secondary rate limit", ("Retry-After", "5"));
        await PublishAsync(Publication);
        Assert.Equal([20, 5], _time.Waits.Select(static w => (int)w.TotalSeconds));
    }

    [Fact]
    public async Task A_comment_that_was_written_though_the_answer_was_lost_is_found_again()
    {
        _server.Cut("POST /repos/team/fleet/issues/5/comments", isDone: true);
        Assert.False((await PublishAsync(Publication)).IsNew);
        Assert.Single(_server.Comments);
    }

    [Theory]
    [InlineData(401, "the token of GITHUB_TOKEN is wrong, revoked or expired")]
    [InlineData(403, "give the job 'permissions: {contents: read, pull-requests: write, statuses: write}'")]
    [InlineData(404, "there is no pull request 5 in team/fleet")]
    [InlineData(422, "see that the commit fedcba9876543210fedcba9876543210fedcba98 is pushed")]
    public async Task A_refusal_says_what_to_do_and_never_the_token(int status, string remedy)
    {
        var old = _server.Add("<!-- weir-diff:diff -->\nold");
        _server.Fail("PATCH", status, $"Bearer {_server.Token}");
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Token, error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("old", (string?)old["body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_over_the_size_is_refused_before_anything_is_sent()
    {
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication with { Text = new string('x', 65_536) }));
        Assert.Contains("write it with --max-size 65512 or less", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
    }

    [Fact]
    public void The_pull_request_comes_from_the_option_the_event_or_the_reference()
    {
        var environment = _server.Environment(_folder);
        Assert.Equal(9, Read(environment, 9).Number);
        Assert.Equal((5, GitHubServer.Sha), (Read(environment).Number, Read(environment).Sha));

        File.WriteAllText(environment["GITHUB_EVENT_PATH"], """{"workflow_run": {"head_sha": "abc", "pull_requests": [{"number": 8}]}}""");
        Assert.Equal((8, "abc"), (Read(environment).Number, Read(environment).Sha));

        environment.Remove("GITHUB_EVENT_PATH");
        Assert.Equal((5, environment["GITHUB_SHA"]), (Read(environment).Number, Read(environment).Sha));

        environment["GITHUB_REF"] = "refs/heads/main";
        Assert.Contains("this run belongs to no pull request", Assert.Throws<PublishException>(() => Read(environment)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_TOKEN", "", "the variable GITHUB_TOKEN is not set; give the step 'env: {GITHUB_TOKEN: ${{ github.token }}}'")]
    [InlineData("GITHUB_REPOSITORY", "fleet", "is 'fleet', not OWNER/NAME")]
    [InlineData("GITHUB_EVENT_PATH", "/nowhere", "the file that GITHUB_EVENT_PATH names cannot be read")]
    public void A_variable_that_is_missing_or_wrong_is_named(string name, string value, string message)
    {
        var environment = _server.Environment(_folder);
        environment[name] = value;
        Assert.Contains(message, Assert.Throws<PublishException>(() => Read(environment)).Message, StringComparison.Ordinal);
    }

    private static GitHubTarget Read(Dictionary<string, string> environment, long? number = null) => GitHubTarget.Read(new(environment.GetValueOrDefault), number);

    private async Task<PublishedComment> PublishAsync(Publication publication)
    {
        using var publisher = new GitHubPublisher(Read(_server.Environment(_folder)), _time);
        return await publisher.PublishAsync(publication, TestContext.Current.CancellationToken);
    }
}

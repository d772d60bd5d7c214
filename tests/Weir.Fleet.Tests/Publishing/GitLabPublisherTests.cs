using Weir.Fleet.Publishing;
using Weir.Testing.Forges;

namespace Weir.Fleet.Tests;

/// <summary>Comments and statuses on GitLab, against a server that knows the documented requests.</summary>
public sealed class GitLabPublisherTests : IAsyncDisposable
{
    private const string Comment = "<!-- weir-diff:diff -->\nThe diff";

    private readonly GitLabServer _server = new();
    private readonly PromptTime _time = new();

    private static Publication Publication => new() { Text = "The diff", Verdict = ReportVerdict.Changed, Summary = "2 of 9 applications", Link = new("https://example.org/job") };

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_server.Violations);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_first_run_writes_a_note_and_a_status()
    {
        var comment = await PublishAsync(Publication);
        Assert.True(comment.IsNew);
        Assert.Equal("https://gitlab.example.org/team/fleet/-/merge_requests/3#note_101", comment.Address);
        Assert.Equal(Comment, (string?)_server.Notes.Single()["body"]);
        Assert.Equal("""{"description":"2 of 9 applications","name":"weir/diff","pipeline_id":44,"state":"success","target_url":"https://example.org/job"}""", _server.Statuses.Single().ToJsonString());
    }

    [Fact]
    public async Task Later_runs_replace_the_note_and_leave_those_of_others_and_of_other_jobs()
    {
        _server.PageLimit = 2;
        _server.Add("a person's words about <!-- weir-diff:diff -->");
        _server.Add("<!-- weir-diff:diff -->\nforged", author: 666);
        _server.Add("<!-- weir-diff:staging -->\nanother job");
        _server.Add("changed the description", isSystem: true);
        var mine = _server.Add("<!-- weir-diff:diff -->\nold");
        Assert.False((await PublishAsync(Publication)).IsNew);
        Assert.Equal(Comment, (string?)mine["body"]);
        Assert.Equal(5, _server.Notes.Count);
        Assert.Equal(3, _server.Calls.Count(static c => c == "GET /api/v4/projects/12/merge_requests/3/notes"));

        Assert.True((await PublishAsync(Publication with { Marker = "production" })).IsNew);
        Assert.Equal("weir/production", (string?)_server.Statuses[^1]["name"]);
    }

    [Theory]
    [InlineData(ReportVerdict.Unchanged, "success")]
    [InlineData(ReportVerdict.Changed, "success")]
    [InlineData(ReportVerdict.Findings, "failed")]
    [InlineData(ReportVerdict.Broken, "failed")]
    public async Task The_status_follows_the_verdict(ReportVerdict verdict, string state)
    {
        await PublishAsync(Publication with { Verdict = verdict });
        Assert.Equal(state, (string?)_server.Statuses.Single()["state"]);
    }

    [Fact]
    public async Task A_thread_is_open_while_there_are_findings_and_resolved_when_there_are_none()
    {
        _server.PageLimit = 1;
        _server.Add("another thread", thread: "other");
        await PublishAsync(Publication with { IsThread = true, Verdict = ReportVerdict.Findings });
        var note = _server.Notes[^1];
        Assert.False((bool)note["resolved"]!);
        await PublishAsync(Publication with { IsThread = true });
        Assert.True((bool)note["resolved"]!);

        // A thread stays a thread, also when a later run does not ask for one.
        await PublishAsync(Publication with { Verdict = ReportVerdict.Broken });
        Assert.False((bool)note["resolved"]!);
        Assert.Equal(2, _server.Notes.Count);
        Assert.False((bool)_server.Notes[0]["resolved"]!);
    }

    [Fact]
    public async Task A_new_thread_without_findings_is_resolved_at_once()
    {
        await PublishAsync(Publication with { IsThread = true });
        Assert.True((bool)_server.Notes.Single()["resolved"]!);
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again_as_late_as_it_says()
    {
        _server.Fail("GET", 429, headers: ("Retry-After", "7"));
        _server.Fail("GET", 503);
        _server.Cut("GET");
        _server.Fail("POST /api/v4/projects/12/merge_requests/3/notes", 429, headers: ("Retry-After", "3"));
        _server.Fail("POST /api/v4/projects/12/statuses/", 409, "Another update to this commit status is in progress");
        _server.Cut("POST /api/v4/projects/12/statuses/");
        await PublishAsync(Publication);
        Assert.Single(_server.Notes);
        Assert.Single(_server.Statuses);
        Assert.Equal(TimeSpan.FromSeconds(7), _time.Waits[0]);
        Assert.Contains(TimeSpan.FromSeconds(3), _time.Waits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_cut_while_writing_makes_no_second_note(bool isWritten)
    {
        _server.Cut("POST /api/v4/projects/12/merge_requests/3/notes", isWritten);
        await PublishAsync(Publication);
        Assert.Equal(Comment, (string?)_server.Notes.Single()["body"]);
    }

    [Fact]
    public async Task A_server_that_stays_broken_leaves_the_old_note()
    {
        var old = _server.Add("<!-- weir-diff:diff -->\nold");
        for (var i = 0; i < 5; i++)
        {
            _server.Fail("PUT", 500, "it hurts");
        }

        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication));
        Assert.Equal("GitLab answered 500 to PUT projects/12/merge_requests/3/notes/101 (it hurts): the server has a problem; run the job again later", error.Message);
        Assert.Equal("<!-- weir-diff:diff -->\nold", (string?)old["body"]);
        Assert.Empty(_server.Statuses);
    }

    [Fact]
    public async Task A_server_that_asks_for_too_much_patience_is_not_waited_for()
    {
        _server.Fail("GET", 429, headers: ("Retry-After", "3600"));
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication));
        Assert.Contains("asks to wait 3600 seconds", error.Message, StringComparison.Ordinal);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_state_that_the_commit_has_already_is_no_failure()
    {
        _server.Fail("POST /api/v4/projects/12/statuses/", 400, "Cannot transition status via :run from :running (Reason(s): Status cannot transition via \"run\")");
        await PublishAsync(Publication);
    }

    [Theory]
    [InlineData(401, "the token of WEIR_GITLAB_TOKEN is wrong, revoked or expired; make a project access token with the scope 'api'")]
    [InlineData(403, "the token of WEIR_GITLAB_TOKEN may not do this; make a project access token with the scope 'api'")]
    [InlineData(404, "there is no merge request 3 in the project 12, or the token of WEIR_GITLAB_TOKEN may not see it")]
    [InlineData(302, "it redirects to https://sso.example.org/login; correct CI_API_V4_URL")]
    public async Task A_refusal_says_what_to_do_and_never_the_token(int status, string remedy)
    {
        _server.Fail("GET", status, $"you sent {_server.Token}", ("Location", $"https://sso.example.org/login?token={_server.Token}"));
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Token, error.ToString(), StringComparison.Ordinal);
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task A_job_token_can_read_but_not_write_and_the_message_says_so()
    {
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication, _server.Environment(withJobToken: true)));
        Assert.Contains("a job token (CI_JOB_TOKEN) may read the notes of a merge request but not write them; make a project access token", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.JobToken, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comment_over_the_size_is_refused_before_anything_is_sent()
    {
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication with { Text = new string('x', 1_000_000) }));
        Assert.Contains("1000000 is the most here; write it with --max-size 999976 or less", error.Message, StringComparison.Ordinal);
        Assert.Empty(_server.Calls);
        await PublishAsync(Publication with { Text = new string('x', 999_976) });
    }

    [Fact]
    public async Task Nobody_listening_is_told_with_the_address()
    {
        var environment = _server.Environment();
        environment["CI_API_V4_URL"] = "http://127.0.0.1:1/api/v4";
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication, environment));
        Assert.StartsWith("GitLab at http://127.0.0.1:1/api/v4/ cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("see that CI_API_V4_URL is right", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WEIR_GITLAB_TOKEN", "", "no token: set the masked variable WEIR_GITLAB_TOKEN")]
    [InlineData("CI_API_V4_URL", "", "the variable CI_API_V4_URL is not set")]
    [InlineData("CI_API_V4_URL", "ftp://example.org", "the variable CI_API_V4_URL is no address")]
    [InlineData("CI_PROJECT_ID", "", "the variable CI_PROJECT_ID is not set")]
    [InlineData("CI_COMMIT_SHA", "", "the variable CI_COMMIT_SHA is not set")]
    [InlineData("CI_MERGE_REQUEST_IID", "", "run the job in merge request pipelines")]
    [InlineData("CI_MERGE_REQUEST_IID", "three", "is 'three', not a number")]
    [InlineData("WEIR_GITLAB_TOKEN", "two\nlines", "the token of WEIR_GITLAB_TOKEN holds characters that no token has")]
    public async Task A_variable_that_is_missing_or_wrong_is_named(string name, string value, string message)
    {
        var environment = _server.Environment();
        environment[name] = value;
        var error = await Assert.ThrowsAsync<PublishException>(() => PublishAsync(Publication, environment));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private async Task<PublishedComment> PublishAsync(Publication publication, Dictionary<string, string>? environment = null)
    {
        environment ??= _server.Environment();
        using var publisher = new GitLabPublisher(GitLabTarget.Read(new(environment.GetValueOrDefault), null), _time);
        return await publisher.PublishAsync(publication, TestContext.Current.CancellationToken);
    }
}

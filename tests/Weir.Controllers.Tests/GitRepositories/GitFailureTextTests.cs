using Weir.Sources.Git;

namespace Weir.Controllers.Tests.GitRepositories;

public sealed class GitFailureTextTests
{
    private const string Url = "http://127.0.0.1:18200/app.git";

    [Theory]
    [InlineData("fatal: Authentication failed for 'x'", GitFailure.Unauthorized, false, "unable to clone 'http://127.0.0.1:18200/app.git': authentication required: ")]
    [InlineData("couldn't find remote ref \"refs/heads/master\"", GitFailure.ReferenceNotFound, false, "unable to clone 'http://127.0.0.1:18200/app.git': couldn't find remote ref \"refs/heads/master\"")]
    [InlineData("Failed to connect to 127.0.0.1 port 18200 after 0 ms: Couldn't connect to server", GitFailure.Unreachable, true, "unable to list remote for 'http://127.0.0.1:18200/app.git': Get \"http://127.0.0.1:18200/app.git/info/refs?service=git-upload-pack\": dial tcp 127.0.0.1:18200: connect: connection refused")]
    [InlineData("fatal: repository 'x' not found", GitFailure.Unreachable, false, "unable to clone 'http://127.0.0.1:18200/app.git': repository not found: ")]
    public void Failures_have_Flux_words(string message, GitFailure failure, bool isKnown, string expected) =>
        Assert.Equal(expected, GitFailureText.Describe(new() { Url = Url }, new GitException(message, failure), isKnown));

    [Fact]
    public void A_missing_commit_and_a_missing_name_are_told_by_themselves()
    {
        var missing = new GitException("none", GitFailure.ReferenceNotFound);

        Assert.Equal("unable to resolve commit object for 'abc': object not found", GitFailureText.Describe(new() { Url = Url, Reference = new() { Commit = "abc" } }, missing, false));
        Assert.Equal("unable to resolve ref 'refs/pull/1' to a specific commit", GitFailureText.Describe(new() { Url = Url, Reference = new() { Name = "refs/pull/1" } }, missing, false));
    }

    [Fact]
    public void Credentials_in_the_URL_are_not_told() =>
        Assert.DoesNotContain(
            "hidden",
            GitFailureText.Describe(new() { Url = "https://user:hidden@example.com/x" }, new GitException("", GitFailure.Unauthorized), false),
            StringComparison.Ordinal);
}

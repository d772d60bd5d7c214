using Weir.Sources.Git;

namespace Weir.Sources.Tests.Git;

public sealed class GitClientTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-git-test-").FullName;
    private readonly GitProgram _git = new();
    private GitClient _client = null!;

    private string Remote => Path.Combine(_folder, "remote");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _client = new GitClient(Path.Combine(_folder, "cache"));
        Directory.CreateDirectory(Remote);
        await Git("init", "--quiet", "--initial-branch=main");
        await Commit("one", ("app/deploy.yaml", "kind: One\n"), ("other.txt", "x"));
        await Git("tag", "v1.0.0");
        await Commit("two", ("app/deploy.yaml", "kind: Two\n"));
        await Git("tag", "--annotate", "--message=two", "v1.1.0");
        await Git("tag", "v2.0.0-rc.1");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_branch_resolves_to_its_newest_commit()
    {
        var revision = await _client.ResolveAsync(Request(new() { Branch = "main" }), Cancellation);
        Assert.Equal($"main@sha1:{await Head()}", revision.ToString());
    }

    [Fact]
    public async Task An_annotated_tag_resolves_to_the_commit_not_to_the_tag()
    {
        var revision = await _client.ResolveAsync(Request(new() { Tag = "v1.1.0" }), Cancellation);
        Assert.Equal(new GitRevision("v1.1.0", await Head()), revision);
    }

    [Theory]
    [InlineData(">=1.0.0", "v1.1.0")]
    [InlineData(">=1.0.0-0", "v2.0.0-rc.1")]
    [InlineData("1.0.x", "v1.0.0")]
    public async Task The_highest_tag_of_a_range_is_taken(string range, string tag)
    {
        var revision = await _client.ResolveAsync(Request(new() { SemVer = range, Tag = "v1.0.0" }), Cancellation);
        Assert.Equal(tag, revision.Name);
    }

    [Fact]
    public async Task A_commit_wins_over_every_other_reference()
    {
        var first = (await Git("rev-parse", "v1.0.0")).Text;
        var request = Request(new() { Commit = first, Branch = "main", SemVer = ">=1.0.0" });
        var revision = await _client.ResolveAsync(request, Cancellation);
        Assert.Equal($"main@sha1:{first}", revision.ToString());
        Assert.Equal("kind: One\n", await Checkout(request, revision, "app/deploy.yaml"));
    }

    [Fact]
    public async Task A_checkout_has_the_files_of_the_commit_and_nothing_of_git()
    {
        var request = Request(new() { Branch = "main" });
        Assert.Equal("kind: Two\n", await Checkout(request, await _client.ResolveAsync(request, Cancellation), "app/deploy.yaml"));
        Assert.Equal(["app", "other.txt"], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_sparse_checkout_has_only_the_directories_named()
    {
        var request = Request(new() { Branch = "main" }) with { SparseCheckout = ["./app"] };
        await Checkout(request, await _client.ResolveAsync(request, Cancellation), "app/deploy.yaml");
        Assert.False(File.Exists(Path.Combine(Target, "other.txt")));
    }

    [Fact]
    public async Task A_cache_that_a_dead_git_left_locked_is_made_anew()
    {
        var request = Request(new() { Branch = "main" });
        var cache = await _client.FetchAsync(request, await _client.ResolveAsync(request, Cancellation), Cancellation);
        await Commit("three", ("app/deploy.yaml", "kind: Three\n"));
        await File.WriteAllTextAsync(Path.Combine(cache, "shallow.lock"), "", Cancellation);

        var next = new GitClient(Path.Combine(_folder, "cache"));
        await next.CheckoutAsync(request, await next.ResolveAsync(request, Cancellation), Target, Cancellation);

        Assert.Equal("kind: Three\n", await File.ReadAllTextAsync(Path.Combine(Target, "app/deploy.yaml"), Cancellation));
    }

    [Fact]
    public async Task A_missing_branch_is_told_by_its_full_name()
    {
        var error = await Assert.ThrowsAsync<GitException>(() => _client.ResolveAsync(Request(new() { Branch = "none" }), Cancellation));
        Assert.Equal(GitFailure.ReferenceNotFound, error.Failure);
        Assert.Contains("refs/heads/none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_repository_is_unreachable()
    {
        var request = new GitFetchRequest { Url = Path.Combine(_folder, "nowhere") };
        var error = await Assert.ThrowsAsync<GitException>(() => _client.ResolveAsync(request, Cancellation));
        Assert.Equal(GitFailure.Unreachable, error.Failure);
    }

    [Fact]
    public async Task A_wrong_range_is_an_invalid_request()
    {
        var error = await Assert.ThrowsAsync<GitException>(() => _client.ResolveAsync(Request(new() { SemVer = "not a range" }), Cancellation));
        Assert.Equal(GitFailure.InvalidRequest, error.Failure);
    }

    private string Target => Path.Combine(_folder, "target");

    private GitFetchRequest Request(GitReference reference) => new() { Url = Remote, Reference = reference };

    private async Task<string> Checkout(GitFetchRequest request, GitRevision revision, string file)
    {
        await _client.CheckoutAsync(request, revision, Target, Cancellation);
        return await File.ReadAllTextAsync(Path.Combine(Target, file), Cancellation);
    }

    private async Task<string> Head() => (await Git("rev-parse", "HEAD")).Text;

    private async Task Commit(string message, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var full = Path.Combine(Remote, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllTextAsync(full, text, Cancellation);
        }

        await Git("add", ".");
        await Git("-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", message);
    }

    private async Task<GitResult> Git(params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["GIT_COMMITTER_NAME"] = "t", ["GIT_COMMITTER_EMAIL"] = "t@t" };
        var result = await _git.RunAsync(Remote, arguments, environment, default, Cancellation);
        Assert.True(result.Succeeded, result.Error);
        return result;
    }
}

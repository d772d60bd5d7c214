using Weir.Sources.Git;
using Weir.Sources.Tests.Servers;

namespace Weir.Sources.Tests.Git;

public sealed class GitOverHttpTests : IAsyncLifetime
{
    private const string Authorization = "Basic dXNlcjpwYXNz";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-git-http-").FullName;
    private readonly GitProgram _git = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var work = Path.Combine(_folder, "work");
        Directory.CreateDirectory(work);
        await Run(work, "init", "--quiet", "--initial-branch=main");
        await File.WriteAllTextAsync(Path.Combine(work, "a.yaml"), "kind: A\n");
        await Run(work, "add", ".");
        await Run(work, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message=one");
        await Run(_folder, "clone", "--quiet", "--bare", work, Path.Combine(_folder, "root", "app.git"));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_repository_is_read_with_its_credentials()
    {
        await using var server = await GitHttpServer.StartAsync(Path.Combine(_folder, "root"), Authorization);
        var client = new GitClient(Path.Combine(_folder, "cache"));
        var request = Request(server, "pass");
        var target = Path.Combine(_folder, "checkout");

        var revision = await client.ResolveAsync(request, Cancellation);
        await client.CheckoutAsync(request, revision, target, Cancellation);

        Assert.Equal("kind: A\n", await File.ReadAllTextAsync(Path.Combine(target, "a.yaml"), Cancellation));
    }

    [Fact]
    public async Task Wrong_credentials_are_told_without_showing_them()
    {
        await using var server = await GitHttpServer.StartAsync(Path.Combine(_folder, "root"), Authorization);
        var client = new GitClient(Path.Combine(_folder, "cache"));

        var problem = await Assert.ThrowsAsync<GitException>(() => client.ResolveAsync(Request(server, "wr0ng-password"), Cancellation));

        Assert.Equal(GitFailure.Unauthorized, problem.Failure);
        Assert.DoesNotContain("wr0ng", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remote_that_has_not_moved_is_asked_for_its_references_only()
    {
        await using var server = await GitHttpServer.StartAsync(Path.Combine(_folder, "root"));
        var client = new GitClient(Path.Combine(_folder, "cache"));
        var request = Request(server, "pass");
        var revision = await client.ResolveAsync(request, Cancellation);
        await client.FetchAsync(request, revision, Cancellation);
        var before = server.Requests.Count;

        await client.FetchAsync(request, revision, Cancellation);

        Assert.Equal(before, server.Requests.Count);
    }

    private static GitFetchRequest Request(WebServer server, string password) => new()
    {
        Url = $"{server.Url}/app.git",
        Reference = new GitReference { Branch = "main" },
        Credentials = new GitCredentials { Username = "user", Password = password },
    };

    private async Task Run(string folder, params string[] arguments)
    {
        var result = await _git.RunAsync(folder, arguments, Cancellation);
        Assert.True(result.Succeeded, result.Error);
    }
}

using Weir.Sources.Git;

namespace Weir.Fleet.Tests;

/// <summary>Revisions that are there and that are not.</summary>
public sealed class RevisionTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revision_that_does_not_exist_is_named()
    {
        using var repository = new Repository();
        repository.Commit();
        using var revisions = await FleetRevisions.OpenAsync(repository.Folder, new GitProgram(), Cancellation);
        var error = await Assert.ThrowsAsync<FleetException>(() => revisions.AtAsync("nowhere", Cancellation));
        Assert.StartsWith("the repository has no revision 'nowhere'", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FleetException>(() => revisions.AtAsync("--output=/tmp/x", Cancellation));
    }

    [Fact]
    public async Task The_base_is_where_a_branch_left_the_default_branch()
    {
        using var repository = new Repository();
        var fork = repository.Commit();
        repository.Git("checkout", "--quiet", "-b", "feature");
        repository.Write("README.md", "feature");
        repository.Commit();
        repository.Git("checkout", "--quiet", "main");
        repository.Write("LICENSE", "main");
        repository.Commit();
        repository.Git("checkout", "--quiet", "feature");
        using var revisions = await FleetRevisions.OpenAsync(repository.Folder, new GitProgram(), Cancellation);
        Assert.Equal(fork, await revisions.MergeBaseAsync(Cancellation));
    }

    [Fact]
    public async Task Links_inside_of_a_revision_are_followed_and_links_out_of_it_are_not()
    {
        using var repository = new Repository();
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "apps-link"), "apps");
        File.CreateSymbolicLink(Path.Combine(repository.Folder, "outside"), "/etc/passwd");
        var commit = repository.Commit();
        using var revisions = await FleetRevisions.OpenAsync(repository.Folder, new GitProgram(), Cancellation);
        var files = (await revisions.AtAsync(commit, Cancellation)).Files;
        Assert.True(files.FileExists("apps-link/config.yaml"));
        Assert.Equal("apps/config.yaml", files.Resolve("apps-link/config.yaml"));
        Assert.Null(files.TryRead("outside"));
        Assert.Contains(files.List(""), e => e is { Name: "apps-link", IsDirectory: true });
    }
}

using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Sources.Git;

namespace Weir.Controllers.Tests.GitRepositories;

public sealed class GitRepositoryMirrorTests(SourceWorld world) : IDisposable
{
    private const string Url = "https://git.example.com/fleet";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-repository-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_directory_of_a_mirrored_folder_stands_for_the_root_and_needs_no_secret()
    {
        using var scene = await world.EnterAsync((Url, "fleet", "charts/app"));

        var repository = await scene.ReconcileAsync(Repository(""));

        Assert.Equal(["Chart.yaml", "templates/cm.yaml", "values.yaml"], scene.StoredPaths(repository).Order(StringComparer.Ordinal));
        Assert.Equal(Url, SourceScene.Mirror(repository));
    }

    [Fact]
    public async Task A_directory_of_a_mirrored_repository_stands_for_the_root()
    {
        await CommitAsync();
        using var scene = await world.EnterAsync((Url, _folder, "clusters/one"));

        var repository = await scene.ReconcileAsync(Repository("ref: {branch: main}"));

        Assert.StartsWith("True Succeeded stored artifact for revision 'main@sha1:", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
        Assert.Equal(["apps/a.yaml", "root.yaml"], scene.StoredPaths(repository).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sparse_directories_count_from_the_mirrored_directory()
    {
        await CommitAsync();
        using var scene = await world.EnterAsync((Url, _folder, "clusters/one"));

        var repository = await scene.ReconcileAsync(Repository("ref: {branch: main}, sparseCheckout: [apps]"));

        Assert.Equal(["apps/a.yaml"], scene.StoredPaths(repository));
    }

    private async Task CommitAsync()
    {
        var apps = Path.Combine(_folder, "clusters", "one", "apps");
        Directory.CreateDirectory(apps);
        await File.WriteAllTextAsync(Path.Combine(apps, "a.yaml"), "kind: A\n");
        await File.WriteAllTextAsync(Path.Combine(apps, "..", "root.yaml"), "kind: B\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.yaml"), "kind: C\n");
        var git = new GitProgram();
        var cancellation = TestContext.Current.CancellationToken;
        string[][] steps =
        [
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "."],
            ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "first"],
        ];
        foreach (var step in steps)
        {
            Assert.True((await git.RunAsync(_folder, step, cancellation)).Succeeded);
        }
    }

    private static string Repository(string more) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: fleet}
        spec: {interval: 10m, url: "{{Url}}", secretRef: {name: none}{{(more.Length > 0 ? ", " + more : "")}}}
        """;
}

using Weir.Values;

namespace Weir.Kustomize.Tests;

public sealed class LoadingTests
{
    [Fact]
    public void Reads_no_file_outside_of_its_directory()
    {
        var result = Builds.Run("app", ("app/kustomization.yaml", "resources: [../other.yaml]"), ("other.yaml", Builds.Deployment));
        Assert.Contains("security; file '/other.yaml' is not in or below '/app'", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Objects);
    }

    [Fact]
    public void Reads_files_outside_when_the_restriction_is_lifted()
    {
        var options = new KustomizeOptions { LoadRestrictor = LoadRestrictor.None };
        var result = Builds.Run(options, "app", ("app/kustomization.yaml", "resources: [../other.yaml]"), ("other.yaml", Builds.Deployment));
        Assert.Equal("web", result.Single().At("metadata", "name")?.ToString());
    }

    [Fact]
    public void Leaves_the_tree_never()
    {
        var options = new KustomizeOptions { LoadRestrictor = LoadRestrictor.None };
        var result = Builds.Run(options, "app", ("app/kustomization.yaml", "resources: [../../../etc/passwd]"));
        Assert.Contains("security", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_at_a_base_that_contains_who_uses_it()
    {
        var result = Builds.Run("a", ("a/kustomization.yaml", "resources: [../b]"), ("b/kustomization.yaml", "resources: [../a]"));
        Assert.EndsWith("cycle detected: candidate root '/a' contains visited root '/a'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_remote_bases_without_a_loader()
    {
        var result = Builds.Run("app", ("app/kustomization.yaml", "resources: ['https://github.com/org/repo//deploy?ref=v1']"));
        Assert.Contains("remote base 'https://github.com/org/repo//deploy?ref=v1' is not allowed", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Builds_remote_bases_through_the_loader()
    {
        var options = new KustomizeOptions { Remote = new OneRepository() };
        var result = Builds.Run(options, "app", ("app/kustomization.yaml", "resources: ['https://github.com/org/repo//deploy?ref=v1']\nnamePrefix: p-"));
        Assert.Equal("p-web", result.Single().At("metadata", "name")?.ToString());
    }

    [Fact]
    public void A_remote_base_cannot_leave_its_repository()
    {
        var options = new KustomizeOptions { Remote = new OneRepository() };
        var result = Builds.Run(options, "app", ("app/kustomization.yaml", "resources: ['https://github.com/org/repo//bad']"));
        Assert.Contains("security", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kustomization_files_in_one_directory_are_a_mistake()
    {
        var result = Builds.Run("app", ("app/kustomization.yaml", "namePrefix: a"), ("app/Kustomization", "namePrefix: b"));
        Assert.StartsWith("Found multiple kustomization files under: /app", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_kustomizations_has_an_end()
    {
        var files = Enumerable.Range(0, 50).Select(i => ($"d{i}/kustomization.yaml", $"resources: [../d{i + 1}]")).ToArray();
        var result = Builds.Run(new KustomizeOptions { MaxDepth = 20 }, "d0", files);
        Assert.EndsWith("more than 20 kustomizations include each other", result.Error, StringComparison.Ordinal);
    }

    private sealed class OneRepository : IRemoteLoader
    {
        public RemoteTree Clone(RepositorySpec spec)
        {
            Assert.Equal("https://github.com/org/repo", spec.CloneUrl);
            return new RemoteTree(
                Builds.Tree(
                    ("deploy/kustomization.yaml", "resources: [deployment.yaml]"),
                    ("deploy/deployment.yaml", Builds.Deployment),
                    ("bad/kustomization.yaml", "resources: [../deploy/deployment.yaml]")),
                null);
        }

        public RemoteFile Fetch(string url) => new(null, "status code 404 (Not Found)");
    }
}

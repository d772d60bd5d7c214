using System.Text;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;

namespace Weir.Controllers.Tests.HelmRepositories;

public sealed class HelmRepositoryControllerTests(SourceWorld world)
{
    private const string Repository = """
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: HelmRepository
        metadata: {name: repo}
        spec: {interval: 10m, url: "https://charts.example.com", secretRef: {name: none}}
        """;

    [Fact]
    public async Task A_mirror_gives_the_index_without_the_secret_and_is_noted()
    {
        using var scene = await world.EnterAsync(("https://charts.example.com", "repository", ""));

        var repository = await scene.ReconcileAsync(Repository);

        var revision = SourceScene.Artifact(repository, "revision");
        Assert.StartsWith("sha256:", revision, StringComparison.Ordinal);
        Assert.Equal($"helmrepository/{scene.Namespace}/repo/index-{revision["sha256:".Length..]}.yaml", SourceScene.Artifact(repository, "path"));
        Assert.Equal("https://charts.example.com", SourceScene.Mirror(repository));
        Assert.Equal($"True Succeeded stored artifact: revision '{revision}'", SourceScene.Condition(repository, ConditionTypes.Ready));
        Assert.Equal($"http://artifacts.test/helmrepository/{scene.Namespace}/repo/index.yaml", repository.GetMap("status")!.GetString("url"));
        Assert.Contains("\"version\": \"1.2.0\"", Encoding.UTF8.GetString(scene.Stored(repository)), StringComparison.Ordinal);
        Assert.StartsWith("Info NewArtifact stored fetched index of size ", Assert.Single(scene.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_new_changes_nothing()
    {
        using var scene = await world.EnterAsync(("https://charts.example.com", "repository", ""));
        var first = await scene.ReconcileAsync(Repository);

        var second = await scene.ReconcileAsync(HelmRepository.Kind, "repo");

        Assert.Equal(SourceScene.Artifact(first, "lastUpdateTime"), SourceScene.Artifact(second, "lastUpdateTime"));
        Assert.Single(scene.Events);
    }

    [Fact]
    public async Task A_missing_secret_fails_before_the_network()
    {
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository);

        Assert.Equal(
            $"False AuthenticationFailed failed to get authentication secret '{scene.Namespace}/none': secrets \"none\" not found",
            SourceScene.Condition(repository, ConditionTypes.Ready));
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_in_Flux_words()
    {
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository.Replace("\"https://charts.example.com\", secretRef: {name: none}", "\"http://127.0.0.1:1/charts\"", StringComparison.Ordinal));

        Assert.Equal(
            "False Failed failed to fetch Helm repository index: failed to cache index to temporary file: Get \"http://127.0.0.1:1/charts/index.yaml\": dial tcp 127.0.0.1:1: connect: connection refused",
            SourceScene.Condition(repository, ConditionTypes.Ready));
        Assert.StartsWith("True ProgressingWithRetry", SourceScene.Condition(repository, ConditionTypes.Reconciling), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_behind_the_default_type_stalls()
    {
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository.Replace("https://charts", "oci://charts", StringComparison.Ordinal));

        Assert.Equal(
            "True URLInvalid invalid Helm repository URL: 'oci' URL scheme cannot be used with 'default' HelmRepository type",
            SourceScene.Condition(repository, ConditionTypes.Stalled));
    }

    [Fact]
    public async Task One_that_becomes_a_registry_loses_status_and_finalizer()
    {
        using var scene = await world.EnterAsync(("https://charts.example.com", "repository", ""));
        await scene.ReconcileAsync(Repository);

        var repository = await scene.ReconcileAsync(Repository.Replace("url: \"https", "type: oci, url: \"oci", StringComparison.Ordinal));

        Assert.Equal(0, repository.GetMap("status")?.Count ?? 0);
        Assert.False(repository.GetMap("metadata")!.ContainsKey("finalizers"));
    }
}

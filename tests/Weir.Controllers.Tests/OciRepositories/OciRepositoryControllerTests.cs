using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;
using Weir.Testing;

namespace Weir.Controllers.Tests.OciRepositories;

public sealed class OciRepositoryControllerTests(SourceWorld world)
{
    private const string Url = "oci://registry.example.com/fleet";

    [Fact]
    public async Task A_mirrored_folder_is_the_artifact()
    {
        using var scene = await world.EnterAsync((Url, "fleet", ""));

        var repository = await scene.ReconcileAsync(Repository("ref: {tag: v1}, secretRef: {name: none}"));

        var revision = SourceScene.Artifact(repository, "revision");
        Assert.StartsWith("v1@sha256:", revision, StringComparison.Ordinal);
        Assert.Equal($"True Succeeded stored artifact for digest '{revision}'", SourceScene.Condition(repository, ConditionTypes.Ready));
        Assert.Equal($"ocirepository/{scene.Namespace}/fleet/{revision["v1@".Length..]}.tar.gz", SourceScene.Artifact(repository, "path"));
        Assert.Equal(Url, SourceScene.Mirror(repository));
        Assert.Contains("deploy/cm.yaml", scene.StoredPaths(repository));
        Assert.Equal($"Info NewArtifact stored artifact with revision '{revision}' from '{Url}'", Assert.Single(scene.Events));
    }

    [Fact]
    public async Task Ignored_files_are_left_out_and_the_patterns_are_observed()
    {
        using var scene = await world.EnterAsync((Url, "fleet", ""));
        var all = await scene.ReconcileAsync(Repository(""));

        var some = await scene.ReconcileAsync(Repository("ignore: \"charts/\\n\""));

        Assert.Equal(SourceScene.Artifact(all, "revision"), SourceScene.Artifact(some, "revision"));
        Assert.DoesNotContain(scene.StoredPaths(some), p => p.StartsWith("charts/", StringComparison.Ordinal));
        Assert.Equal("charts/\n", some.GetMap("status")!.GetString("observedIgnore"));
    }

    [Fact]
    public async Task Copy_keeps_the_layer_as_it_is()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("weir-layer-").FullName, "fleet.tgz");
        using (var output = File.Create(file))
        {
            TarGz.WriteDirectory(TestData.Path("fleet"), new IgnorePatterns(), output);
        }

        using var scene = await world.EnterAsync((Url, file, ""));

        var repository = await scene.ReconcileAsync(Repository("layerSelector: {mediaType: application/vnd.test.tar+gzip, operation: copy}"));

        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), scene.Stored(repository));
        Assert.Equal("copy", repository.At("status", "observedLayerSelector", "operation")?.ToString());
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_signature_that_cannot_be_checked_stops_the_artifact()
    {
        using var scene = await world.EnterAsync((Url, "fleet", ""));

        var repository = await scene.ReconcileAsync(Repository("verify: {provider: notation, secretRef: {name: keys}}"));

        Assert.StartsWith("False VerificationError", SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
        Assert.StartsWith("True VerificationError failed to verify the signature using provider 'notation': the mirror of this repository has no signatures", SourceScene.Condition(repository, ConditionTypes.Stalled), StringComparison.Ordinal);
        Assert.Equal("", SourceScene.Artifact(repository, "revision"));
    }

    [Fact]
    public async Task A_tag_in_the_URL_stalls()
    {
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository("").Replace(Url, Url + ":v1", StringComparison.Ordinal));

        Assert.StartsWith($"True URLInvalid URL validation failed for '{Url}:v1'", SourceScene.Condition(repository, ConditionTypes.Stalled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_away_is_told_in_Flux_words_for_tags_and_ranges()
    {
        using var scene = await world.EnterAsync();
        var away = Repository("ref: {tag: v1}").Replace(Url, "oci://127.0.0.1:1/app", StringComparison.Ordinal);

        var tag = await scene.ReconcileAsync(away);
        var range = await scene.ReconcileAsync(away.Replace("tag: v1", "semver: 1.x", StringComparison.Ordinal));

        Assert.StartsWith(
            "False OCIArtifactPullFailed failed to determine artifact digest: Get \"https://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused",
            SourceScene.Condition(tag, ConditionTypes.Ready),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "False ReadOperationFailed failed to determine the artifact tag for 'oci://127.0.0.1:1/app': Get",
            SourceScene.Condition(range, ConditionTypes.Ready),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_fails()
    {
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository("secretRef: {name: none}"));

        Assert.Equal(
            $"False AuthenticationFailed failed to get credential: failed to get secret '{scene.Namespace}/none': secrets \"none\" not found",
            SourceScene.Condition(repository, ConditionTypes.Ready));
    }

    private static string Repository(string more) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: fleet}
        spec: {interval: 10m, url: "{{Url}}"{{(more.Length > 0 ? ", " + more : "")}}}
        """;
}

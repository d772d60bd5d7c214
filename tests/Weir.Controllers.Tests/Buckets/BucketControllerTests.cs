using Weir.Controllers.Tests.Sources;
using Weir.Flux;

namespace Weir.Controllers.Tests.Buckets;

public sealed class BucketControllerTests(SourceWorld world)
{
    [Fact]
    public async Task A_mirrored_bucket_holds_the_files_below_the_prefix_that_are_not_ignored()
    {
        using var scene = await world.EnterAsync(("https://minio.example.com/fleet", "fleet", ""));

        var bucket = await scene.ReconcileAsync(Bucket("prefix: charts/, ignore: \"values.yaml\\n\""));

        Assert.Equal(["charts/app/Chart.yaml", "charts/app/templates/cm.yaml"], scene.StoredPaths(bucket).Order(StringComparer.Ordinal));
        Assert.Equal($"True Succeeded stored artifact: revision '{SourceScene.Artifact(bucket, "revision")}'", SourceScene.Condition(bucket, ConditionTypes.Ready));
        Assert.Equal("https://minio.example.com/fleet", SourceScene.Mirror(bucket));
        Assert.Equal("Info NewArtifact stored artifact with 2 fetched files from 'fleet' bucket", Assert.Single(scene.Events));
    }

    [Fact]
    public async Task Identities_of_clouds_are_refused_by_name()
    {
        using var scene = await world.EnterAsync();

        var bucket = await scene.ReconcileAsync(Bucket("provider: aws"));

        Assert.StartsWith(
            "True InvalidProviderConfiguration provider 'aws' is not supported: cloud identities",
            SourceScene.Condition(bucket, ConditionTypes.Stalled),
            StringComparison.Ordinal);
    }

    private static string Bucket(string more) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: Bucket
        metadata: {name: bucket}
        spec: {interval: 10m, endpoint: minio.example.com, bucketName: fleet, {{more}}}
        """;
}

using System.Security.Cryptography;
using System.Text;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;

namespace Weir.Controllers.Tests.Buckets;

/// <summary>Buckets on a server of the S3 protocol.</summary>
public sealed class S3BucketTests(SourceWorld world)
{
    private const string NotInstalled = "s3rver is not installed (npm install -g s3rver)";

    [Fact]
    public async Task Objects_that_are_not_ignored_are_fetched_and_their_tags_are_the_revision()
    {
        Assert.SkipWhen(S3Server.Program is null, NotInstalled);
        await using var server = await S3Server.StartAsync();
        await server.PutAsync("apps/a.yaml", "a: b\n");
        await server.PutAsync("apps/a file (1)+é.yaml", "c: d\n");
        await server.PutAsync("apps/ignored.txt", "x");
        await server.PutAsync("apps/other.md", "x");
        await server.PutAsync(".sourceignore", "*.txt\n");
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("keys", ("accesskey", S3Server.Key), ("secretkey", S3Server.Key));

        var bucket = await scene.ReconcileAsync(Bucket(server, "ignore: \"*.md\\n\", "));

        Assert.Equal(["apps/a file (1)+é.yaml", "apps/a.yaml"], scene.StoredPaths(bucket).Order(StringComparer.Ordinal));
        var index = $"apps/a file (1)+é.yaml {Tag("c: d\n")}\napps/a.yaml {Tag("a: b\n")}\n";
        var revision = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(index)));
        Assert.Equal(revision, SourceScene.Artifact(bucket, "revision"));
        Assert.Equal($"True Succeeded stored artifact: revision '{revision}'", SourceScene.Condition(bucket, ConditionTypes.Ready));
        Assert.Equal("Info NewArtifact stored artifact with 2 fetched files from 'fleet' bucket", Assert.Single(scene.Events));

        await server.PutAsync("apps/a.yaml", "a: c\n");
        bucket = await scene.ReconcileAsync(Flux.Bucket.Kind, "bucket");
        Assert.NotEqual(revision, SourceScene.Artifact(bucket, "revision"));
    }

    [Fact]
    public async Task Wrong_keys_and_buckets_that_are_not_there_are_told()
    {
        Assert.SkipWhen(S3Server.Program is null, NotInstalled);
        await using var server = await S3Server.StartAsync();
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("keys", ("accesskey", S3Server.Key));
        Assert.Equal(
            "True AuthenticationFailed invalid 'keys' secret data: required fields 'accesskey' and 'secretkey'",
            SourceScene.Condition(await scene.ReconcileAsync(Bucket(server, "")), ConditionTypes.FetchFailed));

        await scene.CreateSecretAsync("wrong", ("accesskey", "wrong"), ("secretkey", S3Server.Key));
        Assert.Equal(
            "True BucketOperationFailed failed to confirm existence of 'fleet' bucket: Access Denied.",
            SourceScene.Condition(await scene.ReconcileAsync(Bucket(server, "").Replace("name: keys", "name: wrong", StringComparison.Ordinal)), ConditionTypes.FetchFailed));

        await scene.CreateSecretAsync("right", ("accesskey", S3Server.Key), ("secretkey", S3Server.Key));
        Assert.Equal(
            "True BucketOperationFailed bucket 'absent' not found",
            SourceScene.Condition(
                await scene.ReconcileAsync(Bucket(server, "").Replace("name: keys", "name: right", StringComparison.Ordinal).Replace("bucketName: fleet", "bucketName: absent", StringComparison.Ordinal)),
                ConditionTypes.FetchFailed));
    }

    private static string Tag(string text)
    {
#pragma warning disable CA5351 // The tag of an object is defined so.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }

    private static string Bucket(S3Server server, string more) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: Bucket
        metadata: {name: bucket}
        spec: {interval: 10m, endpoint: '{{server.Endpoint}}', insecure: true, bucketName: fleet, {{more}}secretRef: {name: keys} }
        """;
}

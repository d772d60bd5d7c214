using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Testing;
using Weir.Values;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>Signatures by keys, in both places where cosign leaves them, on a real registry.</summary>
public sealed class CosignKeyTests(SourceWorld world)
{
    private const string NotInstalled = "docker-registry is not installed";
    private static readonly byte[] Files = TestArchive.Of(("a.yaml", "a: b\n"));

    [Theory]
    [InlineData("p256", true)]
    [InlineData("p384", true)]
    [InlineData("rsa", true)]
    [InlineData("ed25519", true)]
    [InlineData("p256", false)]
    [InlineData("rsa", false)]
    [InlineData("ed25519", false)]
    public async Task Artifacts_signed_by_a_trusted_key_are_verified(string kind, bool isBundle)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, NotInstalled);
        var (key, other) = (SigningKey.Create(kind), SigningKey.Create("p256"));
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        await SignAsync(registry, key, isBundle);
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("keys", ("other.pub", other.Pem), ("key.pub", key.Pem), ("note.txt", "no key"));

        var repository = await scene.ReconcileAsync(Repository(registry));

        Assert.Equal($"True Succeeded verified signature of revision v1@{registry.Digest}", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.StartsWith("True Succeeded stored artifact", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Artifacts_of_other_keys_or_with_signatures_of_others_are_refused(bool isBundle)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, NotInstalled);
        var (key, other) = (SigningKey.Create("p256"), SigningKey.Create("p256"));
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("keys", ("key.pub", key.Pem));
        var expected = $"False VerificationError failed to verify the signature using provider 'cosign': no matching signatures were found for '{registry.Name}@{registry.Digest}'";

        var unsigned = await scene.ReconcileAsync(Repository(registry));
        Assert.Equal(expected, SourceScene.Condition(unsigned, ConditionTypes.SourceVerified));
        Assert.Equal(expected, SourceScene.Condition(unsigned, ConditionTypes.Ready));
        Assert.Equal("", SourceScene.Condition(unsigned, ConditionTypes.Stalled));
        Assert.Equal("", SourceScene.Artifact(unsigned, "revision"));

        await SignAsync(registry, other, isBundle);
        Assert.Equal(expected, SourceScene.Condition(await scene.ReconcileAsync(OciRepository.Kind, "app"), ConditionTypes.SourceVerified));

        await SignAsync(registry, key, isBundle, "sha256:" + new string('0', 64));
        Assert.Equal(expected, SourceScene.Condition(await scene.ReconcileAsync(OciRepository.Kind, "app"), ConditionTypes.SourceVerified));

        await SignAsync(registry, key, isBundle);
        Assert.StartsWith("True Succeeded", SourceScene.Condition(await scene.ReconcileAsync(OciRepository.Kind, "app"), ConditionTypes.SourceVerified), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_and_what_is_not_supported_are_told()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, NotInstalled);
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        using var scene = await world.EnterAsync();

        var repository = await scene.ReconcileAsync(Repository(registry));
        Assert.Equal("False VerificationError failed to verify the signature using provider 'cosign': secrets \"keys\" not found", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        await scene.CreateSecretAsync("keys", ("key.pub", "nonsense"));
        repository = await scene.ReconcileAsync(OciRepository.Kind, "app");
        Assert.Equal("False VerificationError failed to verify the signature using provider 'cosign': PEM decoding failed", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        repository = await scene.ReconcileAsync(Repository(registry).Replace(", secretRef: {name: keys} ", "", StringComparison.Ordinal));
        var message = "VerificationError failed to verify the signature using provider 'cosign keyless': keyless verification by the public Sigstore services is not supported";
        Assert.StartsWith("False " + message, SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
        Assert.StartsWith("True " + message, SourceScene.Condition(repository, ConditionTypes.Stalled), StringComparison.Ordinal);

        repository = await scene.ReconcileAsync(Repository(registry).Split("  verify", StringSplitOptions.None)[0]);
        Assert.Equal("", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.StartsWith("True", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_in_registries_are_verified_before_they_are_used()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, NotInstalled);
        var key = SigningKey.Create("p256");
        var chart = TestArchive.Of(("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.2.3\n"), ("app/values.yaml", "a: b\n"));
        await using var registry = await SignedRegistry.StartAsync("charts/app", "application/vnd.cncf.helm.chart.content.v1.tar+gzip", chart, "1.2.3");
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("keys", ("key.pub", key.Pem));
        await scene.ReconcileAsync($$"""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: {name: charts}
            spec: {type: oci, insecure: true, url: '{{registry.Url[..^4]}}'}
            """);
        const string wanted = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmChart
            metadata: {name: app}
            spec:
              interval: 1h
              chart: app
              version: 1.x
              sourceRef: {kind: HelmRepository, name: charts}
              verify: {provider: cosign, secretRef: {name: keys}}
            """;

        var refused = await scene.ReconcileAsync(wanted);
        var cause = $"chart verification error: failed to verify {registry.Url}:1.2.3: no matching signatures were found for '{registry.Name}@{registry.Digest}'";
        Assert.Equal("False VerificationError " + cause, SourceScene.Condition(refused, ConditionTypes.SourceVerified));
        Assert.Equal("True ChartVerificationError " + cause, SourceScene.Condition(refused, ConditionTypes.BuildFailed));
        Assert.StartsWith("False ChartVerificationError", SourceScene.Condition(refused, ConditionTypes.Ready), StringComparison.Ordinal);

        await registry.SignByTagAsync(key.Sign);
        var verified = await scene.ReconcileAsync(HelmChart.Kind, "app");
        Assert.Equal("True Succeeded verified signature of version 1.2.3", SourceScene.Condition(verified, ConditionTypes.SourceVerified));
        Assert.Equal("True ChartPullSucceeded pulled 'app' chart with version '1.2.3'", SourceScene.Condition(verified, ConditionTypes.Ready));
    }

    private static async Task SignAsync(SignedRegistry registry, SigningKey key, bool isBundle, string? digest = null)
    {
        if (isBundle)
        {
            await registry.PushBundleAsync((await registry.BundleAsync(key.Sign, new MapValue { ["publicKey"] = new MapValue { ["hint"] = "" } }, digest)).Bundle);
        }
        else
        {
            await registry.SignByTagAsync(key.Sign, digest);
        }
    }

    private static string Repository(SignedRegistry registry) => registry.Repository("{provider: cosign, secretRef: {name: keys} }");
}

using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Testing;
using Weir.Values;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>Keyless bundles, judged by a trusted root.</summary>
public sealed class KeylessTests(SourceWorld world)
{
    private const string Issuer = "https://token.actions.example.com";
    private const string Subject = "https://git.example.com/team/app/.ci/release.yaml@refs/tags/v1";
    private static readonly byte[] Files = TestArchive.Of(("a.yaml", "a: b\n"));

    [Fact]
    public async Task A_bundle_of_a_trusted_signer_is_verified()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        var sigstore = new SigstoreDeployment();
        await using var registry = await StartAsync();
        await registry.PushBundleAsync(await sigstore.SignAsync(registry, Issuer, Subject));
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("root", ("trusted_root.json", sigstore.TrustedRoot));

        var repository = await scene.ReconcileAsync(Repository(registry));

        Assert.Equal($"True Succeeded verified signature of revision v1@{registry.Digest}", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.StartsWith("True", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another issuer", "none of the expected identities matched what was in the certificate")]
    [InlineData("another subject", "none of the expected identities matched what was in the certificate")]
    [InlineData("another deployment", "the log of the entry is not trusted")]
    [InlineData("another artifact", "the bundle is about another artifact")]
    [InlineData("another signature", "the log entry is of another signature")]
    [InlineData("another time", "the log's promise is not signed by it")]
    [InlineData("another place", "the entry is not in the log's tree")]
    [InlineData("another checkpoint", "the log's checkpoint is not signed by it")]
    [InlineData("no entry", "the bundle has no log entry")]
    public async Task What_is_wrong_with_a_bundle_is_told(string what, string problem)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        var sigstore = new SigstoreDeployment();
        await using var registry = await StartAsync();
        var bundle = await sigstore.SignAsync(
            registry,
            what == "another issuer" ? "https://other.example.com" : Issuer,
            what == "another subject" ? "https://git.example.com/others/app" : Subject,
            what == "another artifact" ? "sha256:" + new string('0', 64) : null);
        var material = bundle.GetMap("verificationMaterial")!;
        var entry = (MapValue)material.GetList("tlogEntries")![0];
        switch (what)
        {
            case "another signature":
                var other = await sigstore.SignAsync(registry, Issuer, Subject);
                bundle["dsseEnvelope"] = other["dsseEnvelope"]!;
                break;
            case "another time":
                entry["integratedTime"] = "1700000000";
                break;
            case "another place":
                entry.GetMap("inclusionProof")!["logIndex"] = "0";
                break;
            case "another checkpoint":
                var checkpoint = entry.GetMap("inclusionProof")!.GetMap("checkpoint")!;
                checkpoint["envelope"] = checkpoint.GetString("envelope")!.Replace("rekor.test - 1", "rekor.test - 2", StringComparison.Ordinal);
                break;
            case "no entry":
                material.Remove("tlogEntries");
                break;
            default:
                break;
        }

        await registry.PushBundleAsync(bundle);
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("root", ("trusted_root.json", what == "another deployment" ? new SigstoreDeployment().TrustedRoot : sigstore.TrustedRoot));

        var repository = await scene.ReconcileAsync(Repository(registry));

        Assert.StartsWith(
            $"False VerificationError failed to verify the signature using provider 'cosign keyless': no matching signatures were found for '{registry.Name}@{registry.Digest}': {problem}",
            SourceScene.Condition(repository, ConditionTypes.SourceVerified),
            StringComparison.Ordinal);
        Assert.Equal("", SourceScene.Artifact(repository, "revision"));
    }

    [Fact]
    public async Task A_root_that_cannot_be_used_is_told()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        await using var registry = await StartAsync();
        using var scene = await world.EnterAsync();
        const string prefix = "False VerificationError failed to verify the signature using provider 'cosign keyless': ";

        var repository = await scene.ReconcileAsync(Repository(registry));
        Assert.Equal($"{prefix}failed to read trusted root from secret '{scene.Namespace}/root': secrets \"root\" not found", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        await scene.CreateSecretAsync("root", ("trusted_root.json", "{}"));
        repository = await scene.ReconcileAsync(OciRepository.Kind, "app");
        Assert.Equal($"{prefix}unable to parse trusted root: unsupported TrustedRoot media type", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
    }

    private static Task<SignedRegistry> StartAsync() => SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);

    private static string Repository(SignedRegistry registry) => registry.Repository("""

            provider: cosign
            trustedRootSecretRef: {name: root}
            matchOIDCIdentity:
            - {issuer: '^https://nobody$', subject: '.*'}
            - {issuer: '^https://token\.actions\.example\.com$', subject: '^https://git\.example\.com/team/.*$'}
        """);
}

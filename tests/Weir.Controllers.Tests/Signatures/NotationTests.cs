using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Testing;
using Weir.Values;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>Signatures of notation in the JWS form, judged by trust policies.</summary>
public sealed class NotationTests(SourceWorld world)
{
    private static readonly byte[] Files = TestArchive.Of(("a.yaml", "a: b\n"));

    [Theory]
    [InlineData("strict", "'*'", "", true)]
    [InlineData("strict", "'x509.subject: C=US, O=Weir'", "", true)]
    [InlineData("permissive", "'*'", "", true)]
    [InlineData("audit", "'x509.subject: O=Others'", "", null)]
    [InlineData("skip", "'*'", "", null)]
    [InlineData("strict", "'x509.subject: C=US, O=Others'", "signing certificate from the digital signature does not match the X.509 trusted identities of the trust policy", false)]
    public async Task Policies_say_whom_signatures_may_be_of(string level, string identity, string problem, bool? isVerified)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (root, leaf) = Chain(key);
        await registry.SignByNotationAsync(registry.NotationEnvelope(key, [leaf, root]));
        using var scene = await world.EnterAsync();
        await scene.CreateSecretAsync("trust", ("trustpolicy.json", Policy(registry.Name, level, identity)), ("ca.crt", root.ExportCertificatePem()));

        var repository = await scene.ReconcileAsync(Repository(registry));

        var verified = SourceScene.Condition(repository, ConditionTypes.SourceVerified);
        switch (isVerified)
        {
            case true:
                Assert.Equal($"True Succeeded verified signature of revision v1@{registry.Digest}", verified);
                break;
            case null:
                Assert.Equal("", verified);
                break;
            default:
                Assert.Equal($"False VerificationError failed to verify the signature using provider 'notation': signature verification failed for all the signatures associated with {registry.Name}@{registry.Digest}: {problem}", verified);
                break;
        }

        Assert.Equal(isVerified != false, SourceScene.Artifact(repository, "revision").Length > 0);
    }

    [Theory]
    [InlineData("other root", "authenticity verification failed: the signature is not produced by a trusted signer")]
    [InlineData("other key", "signature is invalid")]
    [InlineData("expired", "digital signature has expired on \"2020-01-01T00:00:00Z\"")]
    [InlineData("critical", "the signature has the critical attribute 'io.example.other', which is not supported")]
    [InlineData("not for signing", "is not for signing code")]
    public async Task What_is_wrong_with_a_signature_is_told(string what, string problem)
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (root, leaf) = Chain(key, what == "not for signing" ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.3");
        var more = what switch
        {
            "expired" => new MapValue { ["io.cncf.notary.expiry"] = "2020-01-01T00:00:00Z" },
            "critical" => new MapValue { ["crit"] = new ListValue { "io.example.other" } },
            _ => null,
        };
        await registry.SignByNotationAsync(registry.NotationEnvelope(what == "other key" ? other : key, [leaf, root], more));
        using var scene = await world.EnterAsync();
        var trusted = what == "other root" ? Chain(other).Root : root;
        await scene.CreateSecretAsync("trust", ("trustpolicy.json", Policy("*", "strict", "'*'")), ("ca.pem", trusted.ExportCertificatePem()));

        var repository = await scene.ReconcileAsync(Repository(registry));

        Assert.Contains(problem, SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
        Assert.StartsWith("False VerificationError", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
        Assert.Equal("", SourceScene.Artifact(repository, "revision"));
    }

    [Fact]
    public async Task Trust_that_is_incomplete_is_told()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        await using var registry = await SignedRegistry.StartAsync("team/app", "application/vnd.cncf.flux.content.v1.tar+gzip", Files);
        using var scene = await world.EnterAsync();
        const string prefix = "False VerificationError failed to verify the signature using provider 'notation': ";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        await scene.CreateSecretAsync("trust", ("other", "x"));
        var repository = await scene.ReconcileAsync(Repository(registry));
        Assert.Equal($"{prefix}'trustpolicy.json' not found in secret '{scene.Namespace}/trust'", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        await scene.CreateSecretAsync("second", ("trustpolicy.json", Policy("*", "strict", "'*'")));
        repository = await scene.ReconcileAsync(Repository(registry).Replace("trust} ", "second} ", StringComparison.Ordinal));
        Assert.Equal($"{prefix}no certificates found in secret '{scene.Namespace}/second'", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        await scene.CreateSecretAsync("third", ("trustpolicy.json", Policy("example.com/other", "strict", "'*'")), ("ca.crt", Chain(key).Root.ExportCertificatePem()));
        repository = await scene.ReconcileAsync(Repository(registry).Replace("trust} ", "third} ", StringComparison.Ordinal));
        Assert.StartsWith($"{prefix}artifact \"{registry.Name}\" has no applicable oci trust policy statement", SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);

        await scene.CreateSecretAsync("fourth", ("trustpolicy.json", Policy("*", "strict", "'*'")), ("ca.crt", Chain(key).Root.ExportCertificatePem()));
        repository = await scene.ReconcileAsync(Repository(registry).Replace("trust} ", "fourth} ", StringComparison.Ordinal));
        Assert.StartsWith($"{prefix}no signature is associated with", SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
    }

    private static string Policy(string scope, string level, string identity) => $$"""
        {"version": "1.0", "trustPolicies": [{
          "name": "all", "registryScopes": ["{{scope}}"], "signatureVerification": {"level": "{{level}}" },
          "trustStores": ["ca:all"], "trustedIdentities": [{{identity.Replace('\'', '"')}}] }]}
        """;

    private static (X509Certificate2 Root, X509Certificate2 Leaf) Chain(ECDsa key, string purpose = "1.3.6.1.5.5.7.3.3")
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        var request = new CertificateRequest("CN=root, O=Weir", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var root = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        var leaf = new CertificateRequest("C=US, ST=WA, O=Weir, CN=signer", key, HashAlgorithmName.SHA256);
        leaf.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        leaf.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], false));
        return (root, leaf.Create(root, now.AddHours(-1), now.AddHours(1), [1, 2, 3]));
    }

    private static string Repository(SignedRegistry registry) => registry.Repository("{provider: notation, secretRef: {name: trust} }");
}

using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>A real registry with an artifact, and signatures of it in every form that tools leave there.</summary>
internal sealed class SignedRegistry(DockerRegistry registry, string repository) : IAsyncDisposable
{
    private const string BundleType = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private readonly ListValue _referrers = [];

    public string Url => $"oci://{registry.Host}/{repository}";

    public string Name => $"{registry.Host}/{repository}";

    public string Digest { get; private set; } = "";

    public static async Task<SignedRegistry> StartAsync(string repository, string mediaType, byte[] content, string tag = "v1")
    {
        var signed = new SignedRegistry(await DockerRegistry.StartAsync(), repository);
        signed.Digest = await signed.Registry.PushAsync(repository, [tag], (mediaType, content));
        return signed;
    }

    private DockerRegistry Registry => registry;

    /// <summary>An OCIRepository of the artifact, with this after <c>verify:</c>.</summary>
    public string Repository(string verify) => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: OCIRepository
        metadata: {name: app}
        spec:
          interval: 1h
          url: {{Url}}
          insecure: true
          ref: {tag: v1}
          verify: {{verify}}
        """;

    /// <summary>A signature in the tag of cosign 2.</summary>
    public async Task SignByTagAsync(Func<byte[], byte[]> sign, string? digest = null)
    {
        var payload = Encoding.UTF8.GetBytes(
            $$"""{"critical":{"identity":{"docker-reference":"{{Name}}"},"image":{"docker-manifest-digest":"{{digest ?? Digest}}"},"type":"cosign container image signature"},"optional":null}""");
        var layer = await registry.PushDescribedAsync(repository, "application/vnd.dev.cosign.simplesigning.v1+json", payload);
        layer["annotations"] = new MapValue { ["dev.cosignproject.cosign/signature"] = Convert.ToBase64String(sign(payload)) };
        await registry.PushManifestAsync(repository, [Digest.Replace(':', '-') + ".sig"], new MapValue
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = DockerRegistry.ManifestType,
            ["config"] = await registry.PushDescribedAsync(repository, "application/vnd.oci.image.config.v1+json", "{}"u8.ToArray()),
            ["layers"] = new ListValue { layer },
        });
    }

    /// <summary>A bundle of cosign 3 about the artifact.</summary>
    public async Task<(MapValue Bundle, byte[] Payload, byte[] Signature)> BundleAsync(Func<byte[], byte[]> sign, MapValue material, string? digest = null)
    {
        const string type = "application/vnd.in-toto+json";
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"{{{(digest ?? Digest)[7..]}}}"}}],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}""");
        var signature = sign([.. Encoding.UTF8.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload]);
        await Task.CompletedTask;
        return (new MapValue
        {
            ["mediaType"] = BundleType,
            ["verificationMaterial"] = material,
            ["dsseEnvelope"] = new MapValue
            {
                ["payload"] = Convert.ToBase64String(payload),
                ["payloadType"] = type,
                ["signatures"] = new ListValue { new MapValue { ["sig"] = Convert.ToBase64String(signature) } },
            },
        }, payload, signature);
    }

    public Task PushBundleAsync(MapValue bundle) => ReferAsync(BundleType, BundleType, JsonWriter.WriteUtf8(bundle));

    /// <summary>A signature of notation.</summary>
    public Task SignByNotationAsync(byte[] envelope) => ReferAsync("application/vnd.cncf.notary.signature", "application/jose+json", envelope);

    /// <summary>The envelope that notation writes.</summary>
    public byte[] NotationEnvelope(ECDsa key, IEnumerable<X509Certificate2> chain, MapValue? more = null)
    {
        var header = new MapValue
        {
            ["alg"] = "ES256",
            ["cty"] = "application/vnd.cncf.notary.payload.v1+json",
            ["crit"] = new ListValue { "io.cncf.notary.signingScheme" },
            ["io.cncf.notary.signingScheme"] = "notary.x509",
            ["io.cncf.notary.signingTime"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in more ?? [])
        {
            header[name] = value;
        }

        var payload = JsonWriter.WriteUtf8(new MapValue { ["targetArtifact"] = new MapValue { ["mediaType"] = DockerRegistry.ManifestType, ["digest"] = Digest, ["size"] = 1 } });
        var (head, body) = (Base64Url.EncodeToString(JsonWriter.WriteUtf8(header)), Base64Url.EncodeToString(payload));
        return JsonWriter.WriteUtf8(new MapValue
        {
            ["payload"] = body,
            ["protected"] = head,
            ["header"] = new MapValue { ["x5c"] = new ListValue(chain.Select(static c => (Value)Convert.ToBase64String(c.RawData))) },
            ["signature"] = Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256)),
        });
    }

    public ValueTask DisposeAsync() => registry.DisposeAsync();

    // This registry has no API of referrers: the tag stands for it.
    private async Task ReferAsync(string artifactType, string mediaType, byte[] content)
    {
        var manifest = new MapValue
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = DockerRegistry.ManifestType,
            ["artifactType"] = artifactType,
            ["config"] = await registry.PushDescribedAsync(repository, "application/vnd.oci.empty.v1+json", "{}"u8.ToArray()),
            ["layers"] = new ListValue { await registry.PushDescribedAsync(repository, mediaType, content) },
        };
        var size = JsonWriter.WriteUtf8(manifest).Length;
        _referrers.Add(new MapValue
        {
            ["mediaType"] = DockerRegistry.ManifestType,
            ["artifactType"] = artifactType,
            ["digest"] = await registry.PushManifestAsync(repository, [], manifest),
            ["size"] = size,
        });
        await registry.PushManifestAsync(repository, [Digest.Replace(':', '-')], new MapValue
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.index.v1+json",
            ["manifests"] = _referrers,
        });
    }
}

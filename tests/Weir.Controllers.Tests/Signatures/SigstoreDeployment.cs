using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>A Sigstore of its own: a certificate authority, a certificate log and a transparency log, and signers that come by.</summary>
internal sealed class SigstoreDeployment
{
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
    private readonly ECDsa _log = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _certificateLog = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _authority;

    public SigstoreDeployment()
    {
        _root = Authority("CN=root,O=sigstore.test", _rootKey, HashAlgorithmName.SHA384).CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        _authority = Authority("CN=intermediate,O=sigstore.test", _authorityKey, HashAlgorithmName.SHA384).Create(_root, Now.AddDays(-100), Now.AddDays(100), [9]).CopyWithPrivateKey(_authorityKey);
    }

    /// <summary>Signatures are of yesterday: their certificates have long expired.</summary>
    public DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddDays(-1).ToUnixTimeSeconds());

    public string TrustedRoot => JsonWriter.Write(new MapValue
    {
        ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        ["tlogs"] = new ListValue { Log(_log, "https://rekor.test") },
        ["ctlogs"] = new ListValue { Log(_certificateLog, "https://ctfe.test") },
        ["certificateAuthorities"] = new ListValue
        {
            new MapValue
            {
                ["certChain"] = new MapValue
                {
                    ["certificates"] = new ListValue(((X509Certificate2[])[_authority, _root]).Select(static c => (Value)new MapValue { ["rawBytes"] = Convert.ToBase64String(c.RawData) })),
                },
                ["validFor"] = new MapValue { ["start"] = "2020-01-01T00:00:00Z" },
            },
        },
    });

    /// <summary>Signs an artifact as somebody, with a bundle as the answer.</summary>
    public async Task<MapValue> SignAsync(SignedRegistry registry, string issuer, string subject, string? about = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Issue(key, issuer, subject);
        var (bundle, payload, signature) = await registry.BundleAsync(
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence), [], about);
        bundle["verificationMaterial"] = new MapValue
        {
            ["certificate"] = new MapValue { ["rawBytes"] = Convert.ToBase64String(certificate.RawData) },
            ["tlogEntries"] = new ListValue { Entry(certificate, payload, signature) },
        };
        return bundle;
    }

    private MapValue Entry(X509Certificate2 certificate, byte[] payload, byte[] signature)
    {
        var body = JsonWriter.WriteUtf8(new MapValue
        {
            ["apiVersion"] = "0.0.1",
            ["kind"] = "dsse",
            ["spec"] = new MapValue
            {
                ["payloadHash"] = new MapValue { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(SHA256.HashData(payload)) },
                ["signatures"] = new ListValue
                {
                    new MapValue { ["signature"] = Convert.ToBase64String(signature), ["verifier"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n")) },
                },
            },
        });

        // The entry is the second of three in the tree.
        byte[] first = SHA256.HashData("first"u8), leaf = SHA256.HashData([0, .. body]), third = SHA256.HashData("third"u8);
        byte[] root = SHA256.HashData([1, .. SHA256.HashData([1, .. first, .. leaf]), .. third]);
        var id = SHA256.HashData(_log.ExportSubjectPublicKeyInfo());
        var seconds = Now.ToUnixTimeSeconds();
        var promise = $"{{\"body\":\"{Convert.ToBase64String(body)}\",\"integratedTime\":{seconds},\"logID\":\"{Convert.ToHexStringLower(id)}\",\"logIndex\":7}}";
        var checkpoint = $"rekor.test - 1\n3\n{Convert.ToBase64String(root)}\n";
        return new MapValue
        {
            ["logIndex"] = "7",
            ["logId"] = new MapValue { ["keyId"] = Convert.ToBase64String(id) },
            ["integratedTime"] = seconds.ToString(CultureInfo.InvariantCulture),
            ["inclusionPromise"] = new MapValue { ["signedEntryTimestamp"] = Convert.ToBase64String(Sign(_log, Encoding.UTF8.GetBytes(promise))) },
            ["inclusionProof"] = new MapValue
            {
                ["logIndex"] = "1",
                ["treeSize"] = "3",
                ["rootHash"] = Convert.ToBase64String(root),
                ["hashes"] = new ListValue { Convert.ToBase64String(first), Convert.ToBase64String(third) },
                ["checkpoint"] = new MapValue
                {
                    ["envelope"] = $"{checkpoint}\n— rekor.test {Convert.ToBase64String([.. id[..4], .. Sign(_log, Encoding.UTF8.GetBytes(checkpoint))])}\n",
                },
            },
            ["canonicalizedBody"] = Convert.ToBase64String(body),
        };
    }

    private X509Certificate2 Issue(ECDsa key, string issuer, string subject)
    {
        CertificateRequest Request()
        {
            var request = new CertificateRequest("", key, HashAlgorithmName.SHA384);
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], false));
            var names = new SubjectAlternativeNameBuilder();
            names.AddUri(new Uri(subject));
            request.CertificateExtensions.Add(names.Build(critical: true));
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, issuer);
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", writer.Encode(), false));
            return request;
        }

        X509Certificate2 Create(CertificateRequest request) => request.Create(_authority, Now.AddMinutes(-5), Now.AddMinutes(5), [4, 5, 6]);

        // The log signs what the certificate says without the proof.
        using var before = Create(Request());
        var content = new AsnReader(before.RawData, AsnEncodingRules.DER).ReadSequence().ReadEncodedValue().ToArray();
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, Now.ToUnixTimeMilliseconds());
        byte[] signed =
        [
            0, 0, .. time, 0, 1, .. SHA256.HashData(_authority.PublicKey.ExportSubjectPublicKeyInfo()),
            (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content, 0, 0,
        ];
        var signature = Sign(_certificateLog, signed);
        byte[] proof =
        [
            0, .. SHA256.HashData(_certificateLog.ExportSubjectPublicKeyInfo()), .. time, 0, 0, 4, 3, (byte)(signature.Length >> 8), (byte)signature.Length, .. signature,
        ];
        byte[] list = [(byte)((proof.Length + 2) >> 8), (byte)(proof.Length + 2), (byte)(proof.Length >> 8), (byte)proof.Length, .. proof];
        var octets = new AsnWriter(AsnEncodingRules.DER);
        octets.WriteOctetString(list);
        var request = Request();
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.11129.2.4.2", octets.Encode(), false));
        return Create(request);
    }

    private static CertificateRequest Authority(string name, ECDsa key, HashAlgorithmName hash)
    {
        var request = new CertificateRequest(name, key, hash);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }

    private static MapValue Log(ECDsa key, string url)
    {
        var info = key.ExportSubjectPublicKeyInfo();
        return new()
        {
            ["baseUrl"] = url,
            ["hashAlgorithm"] = "SHA2_256",
            ["publicKey"] = new MapValue { ["rawBytes"] = Convert.ToBase64String(info), ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256", ["validFor"] = new MapValue { ["start"] = "2020-01-01T00:00:00Z" } },
            ["logId"] = new MapValue { ["keyId"] = Convert.ToBase64String(SHA256.HashData(info)) },
        };
    }

    private static byte[] Sign(ECDsa key, byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Weir.GoTemplate.Sprig;

/// <summary>Signs certificates with an elliptic curve; what others take from chance grows from key and text (RFC 6979).</summary>
internal sealed class EcdsaSigner(ECDsa key) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        new DerSequence(X9ObjectIdentifiers.ECDsaWithSha256).GetDerEncoded();

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var curve = ECNamedCurveTable.GetByOid(new DerObjectIdentifier(parameters.Curve.Oid.Value ?? OidOf(parameters.Curve.Oid.FriendlyName)));
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(new BigInteger(1, parameters.D!), new ECDomainParameters(curve)));
        var signature = signer.GenerateSignature(SHA256.HashData(data));
        return new DerSequence(new DerInteger(signature[0]), new DerInteger(signature[1])).GetDerEncoded();
    }

    protected override PublicKey BuildPublicKey() => new(key);

    private static string OidOf(string? name) => name switch
    {
        "nistP384" or "ECDSA_P384" => "1.3.132.0.34",
        "nistP521" or "ECDSA_P521" => "1.3.132.0.35",
        _ => "1.2.840.10045.3.1.7",
    };
}

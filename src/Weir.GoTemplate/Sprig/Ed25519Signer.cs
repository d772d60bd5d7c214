using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.Parameters;

namespace Weir.GoTemplate.Sprig;

/// <summary>Signs certificates with Ed25519.</summary>
internal sealed class Ed25519Signer(Ed25519PrivateKeyParameters key) : X509SignatureGenerator
{
    private const string Algorithm = "1.3.101.112";

    public static PublicKey PublicKeyOf(Ed25519PrivateKeyParameters key) =>
        new(new Oid(Algorithm), null, new AsnEncodedData(key.GeneratePublicKey().GetEncoded()));

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        new DerSequence(new DerObjectIdentifier(Algorithm)).GetDerEncoded();

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        var signer = new Org.BouncyCastle.Crypto.Signers.Ed25519Signer();
        signer.Init(true, key);
        signer.BlockUpdate(data, 0, data.Length);
        return signer.GenerateSignature();
    }

    protected override PublicKey BuildPublicKey() => PublicKeyOf(key);
}

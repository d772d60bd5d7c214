using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace Weir.Controllers.Tests.Signatures;

/// <summary>A key pair of one of the kinds that cosign knows.</summary>
internal sealed record SigningKey(string Pem, Func<byte[], byte[]> Sign)
{
    public static SigningKey Create(string kind)
    {
        switch (kind)
        {
            case "rsa":
                var rsa = RSA.Create(2048);
                return new(rsa.ExportSubjectPublicKeyInfoPem(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            case "ed25519":
                var generator = new Ed25519KeyPairGenerator();
                generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
                var pair = generator.GenerateKeyPair();
                var info = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(pair.Public).GetDerEncoded();
                return new(new string(PemEncoding.Write("PUBLIC KEY", info)), data =>
                {
                    var signer = new Ed25519Signer();
                    signer.Init(forSigning: true, pair.Private);
                    signer.BlockUpdate(data, 0, data.Length);
                    return signer.GenerateSignature();
                });
            default:
                var ec = ECDsa.Create(kind == "p384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
                return new(ec.ExportSubjectPublicKeyInfoPem(), data => ec.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }
    }
}

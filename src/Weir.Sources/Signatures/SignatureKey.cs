using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Weir.Sources.Signatures;

/// <summary>A public key that checks signatures: ECDSA, RSA (PKCS #1 v1.5) or ED25519.</summary>
public sealed class SignatureKey
{
    private readonly AsymmetricKeyParameter _key;

    private SignatureKey(AsymmetricKeyParameter key) => _key = key;

    /// <summary>Reads PEM (<c>PUBLIC KEY</c>).</summary>
    /// <exception cref="SignatureException">It is none.</exception>
    public static SignatureKey ReadPem(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != "PUBLIC KEY" || Convert.FromBase64String(text[fields.Base64Data]) is not { } der)
        {
            throw new SignatureException("PEM decoding failed");
        }

        return ReadDer(der);
    }

    /// <summary>Reads a SubjectPublicKeyInfo.</summary>
    /// <exception cref="SignatureException">It is none, or of another kind.</exception>
    public static SignatureKey ReadDer(byte[] der)
    {
        AsymmetricKeyParameter key;
        try
        {
            key = PublicKeyFactory.CreateKey(der);
        }
        catch (Exception e) when (e is IOException or ArgumentException or SecurityUtilityException or InvalidOperationException)
        {
            throw new SignatureException($"x509: failed to parse public key: {e.Message}");
        }

        return key is ECPublicKeyParameters or RsaKeyParameters or Ed25519PublicKeyParameters
            ? new(key)
            : throw new SignatureException($"unsupported public key type: {key.GetType().Name}");
    }

    /// <summary>True when the signature over the data was made with the private half of this key.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature; DER for ECDSA.</param>
    /// <param name="hash">The hash that goes with ECDSA and RSA.</param>
    public bool Verifies(ReadOnlySpan<byte> data, byte[] signature, string hash = "SHA-256")
    {
        var signer = SignerUtilities.GetSigner(_key switch
        {
            Ed25519PublicKeyParameters => "Ed25519",
            RsaKeyParameters => $"{hash}withRSA",
            _ => $"{hash}withECDSA",
        });
        signer.Init(forSigning: false, _key);
        signer.BlockUpdate(data);
        try
        {
            return signer.VerifySignature(signature);
        }
        catch (Exception e) when (e is CryptoException or IOException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}

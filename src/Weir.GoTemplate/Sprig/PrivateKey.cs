using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Weir.GoTemplate.Sprig;

/// <summary>A private key of one of the kinds that sprig makes and reads, with its PEM form.</summary>
internal abstract class PrivateKey
{
    /// <summary>The key in the PEM form that Go writes.</summary>
    public abstract string ToPem();

    /// <summary>The public half; <see langword="null"/> when certificates cannot hold it.</summary>
    public abstract PublicKey? Public { get; }

    /// <summary>What signs certificates; <see langword="null"/> when it cannot.</summary>
    public abstract X509SignatureGenerator? Signer { get; }

    public static PrivateKey OfRsa(RSA rsa) => new Rsa(rsa);

    /// <summary>A new key of a kind, or sprig's words for a kind that it does not know.</summary>
    public static (PrivateKey? Key, string? Error) Generate(string kind, RandomStream random) => kind switch
    {
        "" or "rsa" => (new Rsa(RsaKeys.Generate(4096, random)), null),
        "dsa" => (GenerateDsa(random), null),
        "ecdsa" => (GenerateEcdsa(random), null),
        "ed25519" => (GenerateEd25519(random), null),
        _ => (null, "Unknown type " + kind),
    };

    /// <summary>The key in a PEM text, or sprig's words for what is wrong.</summary>
    public static (PrivateKey? Key, string? Error) Parse(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return (null, "no PEM data in input");
        }

        var label = pem[fields.Label];
        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        if (label != "PRIVATE KEY" && !label.EndsWith(" PRIVATE KEY", StringComparison.Ordinal))
        {
            return (null, $"no private key data in PEM block of type {label}");
        }

        try
        {
            return label switch
            {
                "PRIVATE KEY" => (ParsePkcs8(bytes), null),
                "RSA PRIVATE KEY" => (ImportRsa(r => r.ImportRSAPrivateKey(bytes, out _)), null),
                "EC PRIVATE KEY" => (ImportEc(e => e.ImportECPrivateKey(bytes, out _)), null),
                "DSA PRIVATE KEY" => (new Dsa(Asn1Sequence.GetInstance(bytes)), null),
                _ => (null, $"invalid private key type {label[..^12]}"),
            };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException or IOException or InvalidCastException)
        {
            // The libraries tell of a broken key by exception only.
            return (null, label switch
            {
                "PRIVATE KEY" => "decoding PEM as PKCS#8: the key is damaged",
                _ => $"parsing {label[..^12]} private key from PEM: the key is damaged",
            });
        }
    }

    private static PrivateKey ParsePkcs8(byte[] bytes)
    {
        var algorithm = ((DerObjectIdentifier)((Asn1Sequence)Asn1Sequence.GetInstance(bytes)[1])[0]).Id;
        return algorithm switch
        {
            "1.3.101.112" => new Ed25519(((Asn1OctetString)Asn1Object.FromByteArray(((Asn1OctetString)Asn1Sequence.GetInstance(bytes)[2]).GetOctets())).GetOctets()),
            "1.2.840.10045.2.1" => ImportEc(e => e.ImportPkcs8PrivateKey(bytes, out _)),
            _ => ImportRsa(r => r.ImportPkcs8PrivateKey(bytes, out _)),
        };
    }

    private static Rsa ImportRsa(Action<RSA> import)
    {
        var rsa = RSA.Create();
        import(rsa);
        return new Rsa(rsa);
    }

    private static Ecdsa ImportEc(Action<ECDsa> import)
    {
        var ec = ECDsa.Create();
        import(ec);
        return new Ecdsa(ec);
    }

    private static Ecdsa GenerateEcdsa(RandomStream random)
    {
        var curve = Org.BouncyCastle.Asn1.X9.ECNamedCurveTable.GetByName("P-256");
        var order = new System.Numerics.BigInteger(curve.N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true);
        var secret = new byte[32];
        var scalar = 1 + random.Next(order - 1);
        scalar.TryWriteBytes(secret.AsSpan(32 - scalar.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        var point = curve.G.Multiply(new Org.BouncyCastle.Math.BigInteger(1, secret)).Normalize();
        return new Ecdsa(ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            D = secret,
            Q = new ECPoint { X = point.AffineXCoord.GetEncoded(), Y = point.AffineYCoord.GetEncoded() },
        }));
    }

    private static Ed25519 GenerateEd25519(RandomStream random)
    {
        var seed = new byte[32];
        random.Fill(seed);
        return new Ed25519(seed);
    }

    private static Dsa GenerateDsa(RandomStream random)
    {
        var source = new SecureRandom(new StreamGenerator(random));
        var parameters = new DsaParametersGenerator(new Org.BouncyCastle.Crypto.Digests.Sha256Digest());
        parameters.Init(new DsaParameterGenerationParameters(2048, 256, 80, source));
        var pair = new DsaKeyPairGenerator();
        pair.Init(new DsaKeyGenerationParameters(source, parameters.GenerateParameters()));
        var keys = pair.GenerateKeyPair();
        var (secret, open) = ((DsaPrivateKeyParameters)keys.Private, (DsaPublicKeyParameters)keys.Public);
        return new Dsa(new DerSequence(
            DerInteger.Zero,
            new DerInteger(secret.Parameters.P),
            new DerInteger(secret.Parameters.Q),
            new DerInteger(secret.Parameters.G),
            new DerInteger(open.Y),
            new DerInteger(secret.X)));
    }

    private static string Pem(string label, byte[] bytes) => PemEncoding.WriteString(label, bytes) + "\n";

    private sealed class Rsa(RSA rsa) : PrivateKey
    {
        public override PublicKey Public => new(rsa);

        public override X509SignatureGenerator Signer => X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1);

        public override string ToPem() => Pem("RSA PRIVATE KEY", rsa.ExportRSAPrivateKey());
    }

    private sealed class Ecdsa(ECDsa ec) : PrivateKey
    {
        public override PublicKey Public => new(ec);

        public override X509SignatureGenerator Signer => new EcdsaSigner(ec);

        public override string ToPem() => Pem("EC PRIVATE KEY", ec.ExportECPrivateKey());
    }

    private sealed class Ed25519(byte[] seed) : PrivateKey
    {
        public override PublicKey Public => Ed25519Signer.PublicKeyOf(new Ed25519PrivateKeyParameters(seed));

        public override X509SignatureGenerator Signer => new Ed25519Signer(new Ed25519PrivateKeyParameters(seed));

        public override string ToPem() => Pem("PRIVATE KEY", [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. seed]);
    }

    private sealed class Dsa(Asn1Sequence key) : PrivateKey
    {
        public override PublicKey? Public => null;

        public override X509SignatureGenerator? Signer => null;

        public override string ToPem() => Pem("DSA PRIVATE KEY", key.GetDerEncoded());
    }

    /// <summary>A call's stream as the random source that the library asks for.</summary>
    private sealed class StreamGenerator(RandomStream random) : Org.BouncyCastle.Crypto.Prng.IRandomGenerator
    {
        public void AddSeedMaterial(byte[] seed)
        {
        }

        public void AddSeedMaterial(ReadOnlySpan<byte> seed)
        {
        }

        public void AddSeedMaterial(long seed)
        {
        }

        public void NextBytes(byte[] bytes) => random.Fill(bytes);

        public void NextBytes(byte[] bytes, int start, int len) => random.Fill(bytes.AsSpan(start, len));

        public void NextBytes(Span<byte> bytes) => random.Fill(bytes);
    }
}

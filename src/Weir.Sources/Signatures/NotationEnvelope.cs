using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>A signature of Notary Project in the JWS form.</summary>
internal sealed class NotationEnvelope
{
    private const string PayloadType = "application/vnd.cncf.notary.payload.v1+json";
    private const string Scheme = "io.cncf.notary.signingScheme";
    private const string Expiry = "io.cncf.notary.expiry";
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private static readonly string[] Understood = [Scheme, Expiry];
    private readonly MapValue _header;
    private readonly MapValue _payload;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly List<byte[]> _chain;

    private NotationEnvelope(MapValue header, MapValue payload, byte[] signed, byte[] signature, List<byte[]> chain) =>
        (_header, _payload, _signed, _signature, _chain) = (header, payload, signed, signature, chain);

    /// <exception cref="SignatureException">It is no such signature.</exception>
    public static NotationEnvelope Read(byte[] content)
    {
        if (JsonReader.Read(content).Result is not MapValue value
            || value.GetString("protected") is not { } head || value.GetString("payload") is not { } body || value.GetString("signature") is not { } signature
            || Decode(head) is not { } headBytes || JsonReader.Read(headBytes).Result is not MapValue header
            || Decode(body) is not { } bodyBytes || JsonReader.Read(bodyBytes).Result is not MapValue payload
            || Decode(signature) is not { } signatureBytes)
        {
            throw new SignatureException("unable to parse the digital signature, error : the envelope is malformed");
        }

        var chain = new List<byte[]>();
        foreach (var item in value.GetMap("header")?.GetList("x5c") ?? [])
        {
            chain.Add(SigstoreBundle.Base64(item.ToString()) ?? throw new SignatureException("unable to parse the digital signature, error : a certificate is malformed"));
        }

        return new(header, payload, Encoding.ASCII.GetBytes($"{head}.{body}"), signatureBytes, chain);
    }

    /// <summary>True when all is good, false when only a check failed that the policy does not insist on.</summary>
    /// <exception cref="SignatureException">A check failed that it insists on.</exception>
    public bool Check(string digest, TrustPolicyStatement policy, IReadOnlyList<byte[]> trusted, DateTimeOffset now)
    {
        var chain = new List<X509Certificate2>();
        try
        {
            foreach (var der in _chain)
            {
                chain.Add(X509CertificateLoader.LoadCertificate(der));
            }

            CheckIntegrity(chain, digest);
            var isOpen = false;
            Run("authenticity", () => CheckAuthenticity(chain, policy, trusted), ref isOpen);
            var ignored = false;
            Run("expiry", () => CheckExpiry(now), ref ignored);
            Run("authenticTimestamp", () => CheckTime(chain, now), ref ignored);
            Run("revocation", () => CheckRevocation(chain), ref ignored);
            return !isOpen;
        }
        catch (CryptographicException e)
        {
            throw new SignatureException($"the certificate chain of the signature cannot be used: {e.Message}");
        }
        finally
        {
            chain.ForEach(static c => c.Dispose());
        }

        void Run(string check, Func<string?> run, ref bool hasFailed)
        {
            if (!policy.Skips(check) && run() is { } problem)
            {
                hasFailed = true;
                if (policy.Enforces(check))
                {
                    throw new SignatureException(problem);
                }
            }
        }
    }

    // The signature is of the leaf, the chain holds together, and what is signed is this artifact.
    private void CheckIntegrity(List<X509Certificate2> chain, string digest)
    {
        if (_header.GetString("cty") != PayloadType || _header.GetString(Scheme) != "notary.x509")
        {
            throw new SignatureException($"signature of the scheme '{_header.GetString(Scheme)}' with the content '{_header.GetString("cty")}' is not supported");
        }

        if (_header.GetList("crit")?.Select(static c => c.ToString() ?? "").FirstOrDefault(static c => !Understood.Contains(c)) is { } unknown)
        {
            throw new SignatureException($"the signature has the critical attribute '{unknown}', which is not supported");
        }

        if (chain.Count == 0)
        {
            throw new SignatureException("certificate chain must contain at least one certificate");
        }

        if (!IsSigned(chain[0]))
        {
            throw new SignatureException("signature is invalid. Error: the signature does not match the certificate");
        }

        for (var i = 0; i < chain.Count; i++)
        {
            var issuer = chain[Math.Min(i + 1, chain.Count - 1)];
            if (!IsIssuedBy(chain[i], issuer) || (i > 0 && chain[i].Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true }))
            {
                throw new SignatureException($"invalid certificates or certificate with subject \"{chain[i].Subject}\" is not signed by the next one");
            }
        }

        var usage = chain[0].Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        var purposes = chain[0].Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (usage?.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature) != true
            || (purposes is not null && !purposes.EnhancedKeyUsages.Cast<Oid>().Any(static o => o.Value == CodeSigning)))
        {
            throw new SignatureException($"certificate with subject \"{chain[0].Subject}\" is not for signing code");
        }

        if (_payload.GetMap("targetArtifact")?.GetString("digest") != digest)
        {
            throw new SignatureException("content descriptor mismatch: the signature is of another artifact");
        }
    }

    private static string? CheckAuthenticity(List<X509Certificate2> chain, TrustPolicyStatement policy, IReadOnlyList<byte[]> trusted)
    {
        if (!policy.TrustsAuthorities || !chain.Exists(c => trusted.Any(t => t.AsSpan().SequenceEqual(c.RawData))))
        {
            return "authenticity verification failed: the signature is not produced by a trusted signer";
        }

        return policy.Identities.Any(i => Matches(chain[0], i)) ? null : "signing certificate from the digital signature does not match the X.509 trusted identities of the trust policy";
    }

    private string? CheckExpiry(DateTimeOffset now) =>
        _header.GetString(Expiry) is { } text && Parse(text) is { } expiry && expiry <= now
            ? $"digital signature has expired on \"{text}\""
            : null;

    // Without a countersignature of a timestamp authority nobody vouches for the time: the certificates must be valid now.
    private static string? CheckTime(List<X509Certificate2> chain, DateTimeOffset now) =>
        chain.Find(c => now < c.NotBefore.ToUniversalTime() || now > c.NotAfter.ToUniversalTime()) is { } expired
            ? $"certificate \"{expired.Subject}\" is not valid at the time of the verification; timestamps of authorities are not supported"
            : null;

    private static string? CheckRevocation(List<X509Certificate2> chain) =>
        chain.Exists(static c => c.Extensions["2.5.29.31"] is not null || c.Extensions["1.3.6.1.5.5.7.1.1"] is not null)
            ? "certificates name a place to ask for revocation, which is not supported: override revocation in the trust policy"
            : null;

    private bool IsSigned(X509Certificate2 leaf)
    {
        using var ec = leaf.GetECDsaPublicKey();
        using var rsa = leaf.GetRSAPublicKey();
        return _header.GetString("alg") switch
        {
            "ES256" when ec is { KeySize: 256 } => ec.VerifyData(_signed, _signature, HashAlgorithmName.SHA256),
            "ES384" when ec is { KeySize: 384 } => ec.VerifyData(_signed, _signature, HashAlgorithmName.SHA384),
            "ES512" when ec is { KeySize: 521 } => ec.VerifyData(_signed, _signature, HashAlgorithmName.SHA512),
            "PS256" when rsa is not null => rsa.VerifyData(_signed, _signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "PS384" when rsa is not null => rsa.VerifyData(_signed, _signature, HashAlgorithmName.SHA384, RSASignaturePadding.Pss),
            "PS512" when rsa is not null => rsa.VerifyData(_signed, _signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pss),
            _ => false,
        };
    }

    private static bool IsIssuedBy(X509Certificate2 certificate, X509Certificate2 issuer)
    {
        if (!certificate.IssuerName.RawData.AsSpan().SequenceEqual(issuer.SubjectName.RawData))
        {
            return false;
        }

        var parsed = new Org.BouncyCastle.X509.X509Certificate(certificate.RawData);
        try
        {
            parsed.Verify(new Org.BouncyCastle.X509.X509Certificate(issuer.RawData).GetPublicKey());
            return true;
        }
        catch (Exception e) when (e is Org.BouncyCastle.Security.GeneralSecurityException or Org.BouncyCastle.Crypto.CryptoException or InvalidOperationException)
        {
            return false;
        }
    }

    // An identity names some attributes of the subject; the certificate has all of them.
    private static bool Matches(X509Certificate2 leaf, string identity)
    {
        const string kind = "x509.subject:";
        if (identity == "*")
        {
            return true;
        }

        if (!identity.StartsWith(kind, StringComparison.Ordinal))
        {
            return false;
        }

        var subject = Attributes(leaf.SubjectName);
        try
        {
            return Attributes(new X500DistinguishedName(identity[kind.Length..].Trim())) is { Count: > 0 } wanted && wanted.IsSubsetOf(subject);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static HashSet<(string Type, string Value)> Attributes(X500DistinguishedName name) =>
        [.. name.EnumerateRelativeDistinguishedNames().Where(static r => !r.HasMultipleElements).Select(static r => (r.GetSingleElementType().Value ?? "", r.GetSingleElementValue() ?? ""))];

    private static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static byte[]? Decode(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>
/// Checks bundles that were signed without a lasting key: a short-lived certificate of a trusted authority names the signer,
/// a trusted log has the entry of the signature and vouches for its time.
/// </summary>
public sealed class KeylessVerifier
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string IssuerExtension = "1.3.6.1.4.1.57264.1.8";
    private const string OldIssuerExtension = "1.3.6.1.4.1.57264.1.1";
    private readonly TrustedRoot _root;
    private readonly List<(Regex Issuer, Regex Subject)> _identities = [];

    /// <param name="root">Whom to trust.</param>
    /// <param name="identities">Patterns of the signers; any matches when there is none.</param>
    /// <exception cref="SignatureException">A pattern is no regular expression.</exception>
    public KeylessVerifier(TrustedRoot root, IReadOnlyList<(string Issuer, string Subject)> identities)
    {
        ArgumentNullException.ThrowIfNull(identities);
        _root = root;
        foreach (var (issuer, subject) in identities)
        {
            _identities.Add((Pattern(issuer), Pattern(subject)));
        }
    }

    /// <summary>What is wrong with a bundle for an artifact; <see langword="null"/> when nothing is.</summary>
    public string? Check(SigstoreBundle bundle, string digest)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.Certificate is not { } der)
        {
            return "the bundle has no certificate";
        }

        if (!bundle.IsAbout(digest))
        {
            return "the bundle is about another artifact";
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            var problem = "the bundle has no log entry";
            foreach (var entry in bundle.LogEntries)
            {
                problem = LogProof.Check(entry, _root.Logs, out var time) ?? CheckEntry(entry, bundle, der) ?? CheckChain(certificate, time);
                if (problem is null)
                {
                    return CheckIdentity(certificate)
                        ?? (IsSigned(bundle, certificate) ? null : "the signature does not match the certificate");
                }
            }

            return problem;
        }
        catch (CryptographicException e)
        {
            return $"the certificate cannot be used: {e.Message}";
        }
    }

    private static bool IsSigned(SigstoreBundle bundle, X509Certificate2 certificate)
    {
        var key = SignatureKey.ReadDer(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        using var ec = certificate.GetECDsaPublicKey();
        return bundle.IsSignedBy(key, ec?.KeySize switch { 384 => "SHA-384", 521 => "SHA-512", _ => "SHA-256" });
    }

    // The entry must be that of this signature, not of any other.
    private static string? CheckEntry(MapValue entry, SigstoreBundle bundle, byte[] certificate)
    {
        var body = JsonReader.Read(SigstoreBundle.Base64(entry.GetString("canonicalizedBody")) ?? []).Result as MapValue;
        var spec = body?.GetMap("spec");
        if (body?.GetString("kind") != "dsse" || body.GetString("apiVersion") != "0.0.1")
        {
            return $"log entries of the kind '{body?.GetString("kind")}' {body?.GetString("apiVersion")} are not supported, only dsse 0.0.1 is";
        }

        var signature = spec?.GetList("signatures") is { Count: 1 } signatures ? signatures[0] as MapValue : null;
        var isSame = spec?.GetMap("payloadHash")?.GetString("value") == bundle.PayloadHash
            && spec?.GetMap("payloadHash")?.GetString("algorithm") == "sha256"
            && SigstoreBundle.Base64(signature?.GetString("signature"))?.AsSpan().SequenceEqual(bundle.Signature) == true
            && SigstoreBundle.Base64(signature?.GetString("verifier")) is { } pem
            && PemEncoding.TryFind(Encoding.ASCII.GetString(pem), out var fields)
            && SigstoreBundle.Base64(Encoding.ASCII.GetString(pem)[fields.Base64Data].ReplaceLineEndings(""))?.AsSpan().SequenceEqual(certificate) == true;
        return isSame ? null : "the log entry is of another signature";
    }

    private string? CheckChain(X509Certificate2 certificate, DateTimeOffset time)
    {
        foreach (var authority in _root.Authorities)
        {
            if (!authority.IsValidAt(time))
            {
                continue;
            }

            var loaded = authority.Chain.Select(X509CertificateLoader.LoadCertificate).ToList();
            try
            {
                using var chain = new X509Chain();
                chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.ChainPolicy.CustomTrustStore.Add(loaded[^1]);
                loaded.ForEach(c => chain.ChainPolicy.ExtraStore.Add(c));
                chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
                chain.ChainPolicy.DisableCertificateDownloads = true;
                chain.ChainPolicy.VerificationTime = time.UtcDateTime;
                chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CodeSigning));
                if (chain.Build(certificate) && chain.ChainElements.Count > 1)
                {
                    return CertificateTimestamps.AreTrusted(certificate, chain.ChainElements[1].Certificate, _root.CertificateLogs)
                        ? null
                        : "no trusted log has seen the certificate";
                }
            }
            finally
            {
                loaded.ForEach(static c => c.Dispose());
            }
        }

        return "the certificate is of no trusted authority, or was not valid when it signed";
    }

    private string? CheckIdentity(X509Certificate2 certificate)
    {
        var issuer = Issuer(certificate);
        var subjects = Subjects(certificate);
        return _identities.Count == 0 || _identities.Exists(i => i.Issuer.IsMatch(issuer) && subjects.Exists(i.Subject.IsMatch))
            ? null
            : $"none of the expected identities matched what was in the certificate, got subjects [{string.Join(", ", subjects)}] with issuer {issuer}";
    }

    private static string Issuer(X509Certificate2 certificate)
    {
        if (certificate.Extensions[IssuerExtension] is not { } extension)
        {
            return certificate.Extensions[OldIssuerExtension] is { } old ? Encoding.UTF8.GetString(old.RawData) : "";
        }

        try
        {
            return AsnDecoder.ReadCharacterString(extension.RawData, AsnEncodingRules.DER, UniversalTagNumber.UTF8String, out _);
        }
        catch (AsnContentException)
        {
            return "";
        }
    }

    // Mail addresses and URIs.
    private static List<string> Subjects(X509Certificate2 certificate)
    {
        var found = new List<string>();
        if (certificate.Extensions["2.5.29.17"] is not { } extension)
        {
            return found;
        }

        try
        {
            var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var tag = names.PeekTag();
                if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is 1 or 6)
                {
                    found.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }
        catch (AsnContentException)
        {
            return [];
        }

        return found;
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new SignatureException($"malformed regular expression in spec.verify.matchOIDCIdentity: {e.Message}");
        }
    }
}

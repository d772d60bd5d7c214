using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Certificates and private keys. All chance comes from the host's stream for the place of the call.</summary>
internal static class CertificateFunctions
{
    private const int KeyBits = 2048;
    private const string CommonName = "2.5.4.3";

    private static readonly DateTimeOffset LastDay = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private static readonly X509Extension ForServersAndClients =
        new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false);

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("genPrivateKey", "func(string) string", GenPrivateKey),
        new("buildCustomCert", Returns("string, string"), Build),
        new("genCA", Returns("string, int"), static (c, a) => Authority(c, a, null)),
        new("genCAWithKey", Returns("string, int, string"), static (c, a) => Authority(c, a, a.String(2))),
        new("genSelfSignedCert", Returns("string, []interface {}, []interface {}, int"), static (c, a) => SelfSigned(c, a, null)),
        new("genSelfSignedCertWithKey", Returns("string, []interface {}, []interface {}, int, string"), static (c, a) => SelfSigned(c, a, a.String(4))),
        new("genSignedCert", Returns($"string, []interface {{}}, []interface {{}}, int, {CertificateObject.TypeName}"), static (c, a) => Signed(c, a, null)),
        new("genSignedCertWithKey", Returns($"string, []interface {{}}, []interface {{}}, int, {CertificateObject.TypeName}, string"), static (c, a) => Signed(c, a, a.String(5))),
    ]);

    private static string Returns(string parameters) => $"func({parameters}) ({CertificateObject.TypeName}, error)";

    private static Value? GenPrivateKey(CallContext context, Arguments arguments)
    {
        var (key, error) = PrivateKey.Generate(arguments.String(0), RandomStream.Take(context));
        return key?.ToPem() ?? error!;
    }

    private static Value? Build(CallContext context, Arguments arguments)
    {
        if (Decode(arguments.String(0)) is not { } cert)
        {
            return context.Fail("unable to decode base64 certificate");
        }

        if (Decode(arguments.String(1)) is not { } key)
        {
            return context.Fail("unable to decode base64 private key");
        }

        if (!TryReadCertificate(cert, out _, out var wrong))
        {
            return context.Fail(wrong.Replace("decodedSignerCert", "decodedCert", StringComparison.Ordinal));
        }

        return PrivateKey.Parse(key).Error is { } error
            ? context.Fail($"error parsing private key: {error}")
            : new CertificateObject(cert, key);
    }

    private static Value? Authority(CallContext context, Arguments arguments, string? pem)
    {
        var random = RandomStream.Take(context);
        var (key, error) = KeyOf(pem, random);
        if (key is null)
        {
            return context.Fail(error!);
        }

        var request = new Request(arguments.String(0), null, null, arguments.Int(1), IsAuthority: true);
        return Create(context, request, key, null, random);
    }

    private static Value? SelfSigned(CallContext context, Arguments arguments, string? pem)
    {
        var random = RandomStream.Take(context);
        var (key, error) = KeyOf(pem, random);
        if (key is null)
        {
            return context.Fail(error!);
        }

        var request = new Request(arguments.String(0), arguments.List(1), arguments.List(2), arguments.Int(3), IsAuthority: false);
        return Create(context, request, key, null, random);
    }

    private static Value? Signed(CallContext context, Arguments arguments, string? pem)
    {
        var random = RandomStream.Take(context);
        var (key, error) = KeyOf(pem, random);
        if (key is null)
        {
            return context.Fail(error!);
        }

        var authority = (CertificateObject)arguments[4];
        if (!TryReadCertificate(authority.Cert, out var parent, out var wrong))
        {
            return context.Fail(wrong);
        }

        using (parent)
        {
            var (signer, bad) = PrivateKey.Parse(authority.Key);
            if (signer is null)
            {
                return context.Fail($"error parsing private key: {bad}");
            }

            var request = new Request(arguments.String(0), arguments.List(1), arguments.List(2), arguments.Int(3), IsAuthority: false);
            return Create(context, request, key, (parent, signer), random);
        }
    }

    private static (PrivateKey? Key, string? Error) KeyOf(string? pem, RandomStream random)
    {
        if (pem is null)
        {
            return (PrivateKey.OfRsa(RsaKeys.Generate(KeyBits, random)), null);
        }

        var (key, error) = PrivateKey.Parse(pem);
        return (key, error is null ? null : $"parsing private key: {error}");
    }

    private static Value? Create(CallContext context, Request request, PrivateKey key, (X509Certificate2 Certificate, PrivateKey Key)? parent, RandomStream random)
    {
        if (Names(request, out var names) is { } wrong)
        {
            return context.Fail(wrong);
        }

        var signer = (parent?.Key ?? key).Signer;
        if (key.Public is not { } open || signer is null)
        {
            return context.Fail("error creating certificate: x509: only RSA, ECDSA and Ed25519 keys supported");
        }

        var subject = Subject(request.CommonName);
        var certificate = new CertificateRequest(subject, open, HashAlgorithmName.SHA256);
        var usage = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DigitalSignature | (request.IsAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.None);
        certificate.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        certificate.CertificateExtensions.Add(ForServersAndClients);
        certificate.CertificateExtensions.Add(new X509BasicConstraintsExtension(request.IsAuthority, hasPathLengthConstraint: false, 0, critical: true));
        if (request.IsAuthority)
        {
            var hash = SHA256.HashData(open.EncodedKeyValue.RawData)[..20];
            certificate.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(hash, critical: false));
        }

        var issuer = parent?.Certificate.SubjectName ?? subject;
        if (parent is { } p && !issuer.RawData.AsSpan().SequenceEqual(subject.RawData)
            && p.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            certificate.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }

        if (names is not null)
        {
            certificate.CertificateExtensions.Add(names.Build(critical: request.CommonName.Length == 0));
        }

        // Days beyond what a date can hold wrap round in Go; here the last day stands for them.
        var start = context.Host.Now.ToUniversalTime();
        var days = Math.Clamp(request.Days, -3_000_000, 3_000_000);
        var end = days > (LastDay - start).TotalDays ? LastDay : start.AddDays(Math.Max(days, -(start - DateTimeOffset.MinValue).TotalDays + 1));
        if (end < start)
        {
            (start, end) = (end, start);
        }

        Span<byte> serial = stackalloc byte[16];
        random.Fill(serial);
        using var made = certificate.Create(issuer, signer, start, end, serial);
        return new CertificateObject(made.ExportCertificatePem() + "\n", key.ToPem());
    }

    private static X500DistinguishedName Subject(string commonName)
    {
        var builder = new X500DistinguishedNameBuilder();
        if (commonName.Length > 0)
        {
            builder.Add(CommonName, commonName, IsPrintable(commonName) ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String);
        }

        return builder.Build();
    }

    /// <summary>What Go writes as a PrintableString.</summary>
    private static bool IsPrintable(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || " '()+,-./:=?".Contains(c, StringComparison.Ordinal));

    /// <summary>The alternative names of a request, or sprig's words for one that is none.</summary>
    private static string? Names(Request request, out SubjectAlternativeNameBuilder? names)
    {
        names = null;
        var addresses = new List<IPAddress>();
        foreach (var item in request.Addresses ?? [])
        {
            if (item is not StringValue text)
            {
                return $"error parsing ip: {GoValueText(item)} is not a string";
            }

            if (!GoIpAddress.TryParse(text.Value, out var address))
            {
                return $"error parsing ip: {text.Value}";
            }

            addresses.Add(address);
        }

        var hosts = new List<string>();
        foreach (var item in request.Hosts ?? [])
        {
            if (item is not StringValue text)
            {
                return $"error processing alternate dns name: {GoValueText(item)} is not a string";
            }

            hosts.Add(text.Value);
        }

        if (addresses.Count + hosts.Count > 0)
        {
            names = new SubjectAlternativeNameBuilder();
            hosts.ForEach(names.AddDnsName);
            addresses.ForEach(names.AddIpAddress);
        }

        return null;
    }

    private static string GoValueText(Value value) => Formatting.GoFormat.ToText(value);

    private static bool TryReadCertificate(string pem, out X509Certificate2 certificate, out string wrong)
    {
        certificate = null!;
        wrong = "unable to decode certificate";
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            return false;
        }

        try
        {
            certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(pem[fields.Base64Data]));
            return true;
        }
        catch (CryptographicException)
        {
            wrong = "error parsing certificate: decodedSignerCert.Bytes: x509: malformed certificate";
            return false;
        }
    }

    private static string? Decode(string base64)
    {
        var text = base64.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count) ? GoString.FromBytes(bytes.AsSpan(0, count)) : null;
    }

    private sealed record Request(string CommonName, ListValue? Addresses, ListValue? Hosts, long Days, bool IsAuthority);
}

using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Weir.Sources.Signatures;

/// <summary>Proofs inside a certificate that a certificate log has seen it before it was issued (RFC 6962).</summary>
internal static class CertificateTimestamps
{
    private const string Oid = "1.3.6.1.4.1.11129.2.4.2";

    /// <summary>True when one of the logs signed for the certificate.</summary>
    public static bool AreTrusted(X509Certificate2 certificate, X509Certificate2 issuer, IReadOnlyList<TrustedLog> logs)
    {
        if (certificate.Extensions[Oid] is not { } extension)
        {
            return false;
        }

        try
        {
            var list = AsnDecoder.ReadOctetString(extension.RawData, AsnEncodingRules.DER, out _);
            var entry = PreCertificate(certificate.RawData);
            var issuerHash = SHA256.HashData(issuer.PublicKey.ExportSubjectPublicKeyInfo());
            var at = 2;
            while (at + 2 <= list.Length)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(list.AsSpan(at));
                if (IsSigned(list.AsSpan(at + 2, length), entry, issuerHash, logs))
                {
                    return true;
                }

                at += 2 + length;
            }

            return false;
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            return false;
        }
    }

    // Version, log, time, extensions, then hash and signature algorithm, length, signature.
    private static bool IsSigned(ReadOnlySpan<byte> proof, byte[] entry, byte[] issuerHash, IReadOnlyList<TrustedLog> logs)
    {
        if (proof.Length < 47 || proof[0] != 0)
        {
            return false;
        }

        var id = proof[1..33].ToArray();
        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(proof[33..41]), 253402300799999));
        var extensions = 2 + BinaryPrimitives.ReadUInt16BigEndian(proof[41..43]);
        var rest = proof[(41 + extensions)..];
        var signature = rest.Slice(4, BinaryPrimitives.ReadUInt16BigEndian(rest[2..4])).ToArray();
        byte[] signed =
        [
            0, 0, .. proof[33..41], 0, 1, .. issuerHash,
            (byte)(entry.Length >> 16), (byte)(entry.Length >> 8), (byte)entry.Length, .. entry,
            .. proof.Slice(41, extensions),
        ];
        return logs.Any(l => l.Id.AsSpan().SequenceEqual(id) && l.IsValidAt(time) && l.Key.Verifies(signed, signature));
    }

    // What the log saw is the certificate's content without these proofs.
    private static byte[] PreCertificate(byte[] certificate)
    {
        var content = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var extensionsTag = new Asn1Tag(TagClass.ContextSpecific, 3, isConstructed: true);
        using (writer.PushSequence())
        {
            while (content.HasData)
            {
                if (content.PeekTag() != extensionsTag)
                {
                    writer.WriteEncodedValue(content.ReadEncodedValue().Span);
                    continue;
                }

                var extensions = content.ReadSequence(extensionsTag).ReadSequence();
                using (writer.PushSequence(extensionsTag))
                using (writer.PushSequence())
                {
                    while (extensions.HasData)
                    {
                        var one = extensions.ReadEncodedValue();
                        if (new AsnReader(one, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier() != Oid)
                        {
                            writer.WriteEncodedValue(one.Span);
                        }
                    }
                }
            }
        }

        return writer.Encode();
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Weir.Sources.Signatures;

/// <summary>Certificates as people keep them.</summary>
internal static class CertificateText
{
    /// <summary>The certificates of a text in DER: every block of PEM, or the bytes themselves.</summary>
    /// <exception cref="SignatureException">There is none.</exception>
    public static List<byte[]> Read(string text)
    {
        var found = new List<byte[]>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label] is "CERTIFICATE")
            {
                found.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
            }

            rest = rest[fields.Location.End..];
        }

        if (found.Count == 0 && text.Length > 0 && text[0] == '0')
        {
            found.Add(Encoding.Latin1.GetBytes(text));
        }

        return found.Count > 0 ? found : throw new SignatureException("failed to parse certificate: it is neither PEM nor DER");
    }
}

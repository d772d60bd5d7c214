using System.Text;

namespace Weir.Sources.Signatures;

/// <summary>A commit or tag of Git, taken apart: what was signed, and with what. The signature is empty when there is none.</summary>
public sealed record SignedObject(byte[] Payload, string Signature)
{
    private const string PgpStart = "-----BEGIN PGP SIGNATURE-----";
    private const string SshStart = "-----BEGIN SSH SIGNATURE-----";
    private const string X509Start = "-----BEGIN SIGNED MESSAGE-----";

    /// <summary><c>openpgp</c>, <c>ssh</c>, <c>x509</c>, <c>empty</c> or <c>unknown</c>.</summary>
    public string SignatureType => Signature.TrimStart() switch
    {
        "" => "empty",
        var s when s.StartsWith(PgpStart, StringComparison.Ordinal) => "openpgp",
        var s when s.StartsWith(SshStart, StringComparison.Ordinal) => "ssh",
        var s when s.StartsWith(X509Start, StringComparison.Ordinal) => "x509",
        _ => "unknown",
    };

    /// <summary>A commit as stored: its signature is a header, whose lines after the first begin with a space.</summary>
    public static SignedObject OfCommit(ReadOnlySpan<byte> content)
    {
        using var payload = new MemoryStream(content.Length);
        var signature = new StringBuilder();
        var (isHeader, isSkipped, isSignature) = (true, false, false);
        while (content.Length > 0)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..(end + 1)];
            content = content[line.Length..];
            if (isHeader)
            {
                isHeader = line.Length > 1;
                var isContinued = line[0] == (byte)' ';
                if (!isContinued)
                {
                    isSignature = line.StartsWith("gpgsig "u8);
                    isSkipped = isSignature || line.StartsWith("gpgsig-sha256 "u8);
                }

                if (isSignature && isHeader)
                {
                    signature.Append(Encoding.Latin1.GetString(line[(isContinued ? 1 : "gpgsig ".Length)..]));
                }

                if (isSkipped && isHeader)
                {
                    continue;
                }
            }

            payload.Write(line);
        }

        return new(payload.ToArray(), signature.ToString());
    }

    /// <summary>A tag as stored: its signature follows the message.</summary>
    public static SignedObject OfTag(ReadOnlySpan<byte> content)
    {
        var at = -1;
        foreach (var start in (ReadOnlySpan<string>)[PgpStart, SshStart, X509Start])
        {
            at = Math.Max(at, content.LastIndexOf(Encoding.ASCII.GetBytes("\n" + start)));
        }

        return at < 0
            ? new(content.ToArray(), "")
            : new(content[..(at + 1)].ToArray(), Encoding.Latin1.GetString(content[(at + 1)..]));
    }
}

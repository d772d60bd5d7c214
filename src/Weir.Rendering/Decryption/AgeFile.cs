using System.Security.Cryptography;
using System.Text;

namespace Weir.Rendering;

/// <summary>Reads files of age (age-encryption.org/v1) that are encrypted for X25519 keys.</summary>
internal static class AgeFile
{
    private const string Begin = "-----BEGIN AGE ENCRYPTED FILE-----";
    private const string End = "-----END AGE ENCRYPTED FILE-----";
    private const string Version = "age-encryption.org/v1";
    private const int KeyLength = 32;
    private const int TagLength = 16;
    private const int NonceLength = 12;
    private const int ChunkLength = 64 * 1024;

    /// <summary>The content of an armored file; <see langword="null"/> when none of the keys opens it or it is damaged.</summary>
    public static byte[]? Decrypt(string armored, IReadOnlyList<AgeIdentity> identities)
    {
        var start = armored.IndexOf(Begin, StringComparison.Ordinal);
        var end = armored.IndexOf(End, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            return null;
        }

        try
        {
            return Decrypt(Convert.FromBase64String(armored[(start + Begin.Length)..end]), identities);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private static byte[]? Decrypt(byte[] file, IReadOnlyList<AgeIdentity> identities)
    {
        var header = file.AsSpan().IndexOf("\n---"u8);
        if (header < 0)
        {
            return null;
        }

        header += "\n---"u8.Length;
        var macEnd = file.AsSpan(header).IndexOf((byte)'\n');
        var lines = Encoding.ASCII.GetString(file, 0, header).Split('\n');
        if (macEnd < 0 || lines[0] != Version || FileKey(lines, identities) is not { } key)
        {
            return null;
        }

        var mac = HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyLength, [], "header"u8.ToArray()), file.AsSpan(0, header));
        var written = Encoding.ASCII.GetString(file, header + 1, macEnd - 1);
        return CryptographicOperations.FixedTimeEquals(mac, FromBase64(written)) ? Payload(key, file.AsSpan(header + macEnd + 1)) : null;
    }

    private static byte[]? FileKey(string[] lines, IReadOnlyList<AgeIdentity> identities)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Split(' ') is not ["->", "X25519", var share])
            {
                continue;
            }

            var body = new StringBuilder();
            while (++i < lines.Length && !lines[i].StartsWith("->", StringComparison.Ordinal) && !lines[i].StartsWith("---", StringComparison.Ordinal))
            {
                body.Append(lines[i]);
            }

            i--;
            foreach (var identity in identities)
            {
                if (Unwrap(FromBase64(share), FromBase64(body.ToString()), identity) is { } key)
                {
                    return key;
                }
            }
        }

        return null;
    }

    private static byte[]? Unwrap(byte[] share, byte[] body, AgeIdentity identity)
    {
        if (share.Length != KeyLength || body.Length != TagLength + 16)
        {
            return null;
        }

        var secret = X25519.Multiply(identity.Scalar, share);
        var wrap = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyLength, [.. share, .. identity.PublicKey], "age-encryption.org/v1/X25519"u8.ToArray());
        var key = new byte[16];
        using var cipher = new ChaCha20Poly1305(wrap);
        try
        {
            cipher.Decrypt(new byte[NonceLength], body.AsSpan(0, 16), body.AsSpan(16), key);
            return key;
        }
        catch (CryptographicException)
        {
            // The stanza is for another key.
            return null;
        }
    }

    private static byte[]? Payload(byte[] fileKey, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 16 + TagLength)
        {
            return null;
        }

        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, fileKey, KeyLength, payload[..16].ToArray(), "payload"u8.ToArray());
        using var cipher = new ChaCha20Poly1305(key);
        var rest = payload[16..];
        var content = new List<byte>();
        var nonce = new byte[NonceLength];
        for (var counter = 0; rest.Length > 0; counter++)
        {
            var length = Math.Min(rest.Length, ChunkLength + TagLength);
            if (length < TagLength)
            {
                return null;
            }

            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(7), counter);
            nonce[11] = (byte)(length == rest.Length ? 1 : 0);
            var chunk = new byte[length - TagLength];
            cipher.Decrypt(nonce, rest[..chunk.Length], rest[chunk.Length..length], chunk);
            content.AddRange(chunk);
            rest = rest[length..];
        }

        return [.. content];
    }

    private static byte[] FromBase64(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}

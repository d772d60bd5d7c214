using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>What an entry of a transparency log proves: that the log promised it, and that it is in the log's tree.</summary>
internal static class LogProof
{
    /// <summary>The time of the entry in <paramref name="time"/>; or what is wrong.</summary>
    public static string? Check(MapValue entry, IReadOnlyList<TrustedLog> logs, out DateTimeOffset time)
    {
        time = default;
        if (SigstoreBundle.Base64(entry.GetString("canonicalizedBody")) is not { } body || SigstoreBundle.Base64(entry.GetMap("logId")?.GetString("keyId")) is not { } id)
        {
            return "the log entry is malformed";
        }

        if (Number(entry, "integratedTime") is not { } seconds || seconds <= 0)
        {
            return "a log entry without a time is not supported: it needs the signature of a timestamp authority";
        }

        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        time = at;
        if (logs.FirstOrDefault(l => l.Id.AsSpan().SequenceEqual(id) && l.IsValidAt(at)) is not { } log)
        {
            return "the log of the entry is not trusted";
        }

        // The time is the log's word only when it signed it.
        if (SigstoreBundle.Base64(entry.GetMap("inclusionPromise")?.GetString("signedEntryTimestamp")) is not { } promise)
        {
            return "the log entry has no promise that vouches for its time";
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"body\":\"{Convert.ToBase64String(body)}\",\"integratedTime\":{seconds},\"logID\":\"{Convert.ToHexStringLower(id)}\",\"logIndex\":{Number(entry, "logIndex") ?? 0}}}");
        if (!log.Key.Verifies(Encoding.UTF8.GetBytes(text), promise))
        {
            return "the log's promise is not signed by it";
        }

        return entry.GetMap("inclusionProof") is { } proof ? CheckInclusion(proof, body, log) : null;
    }

    private static string? CheckInclusion(MapValue proof, byte[] body, TrustedLog log)
    {
        if (Number(proof, "logIndex") is not { } index || Number(proof, "treeSize") is not { } size || index < 0 || index >= size
            || SigstoreBundle.Base64(proof.GetString("rootHash")) is not { } root)
        {
            return "the inclusion proof is malformed";
        }

        var hashes = new List<byte[]>();
        foreach (var item in proof.GetList("hashes") ?? [])
        {
            hashes.Add(SigstoreBundle.Base64(item.ToString()) ?? []);
        }

        if (RootOf(SHA256.HashData([0, .. body]), index, size, hashes) is not { } computed || !computed.AsSpan().SequenceEqual(root))
        {
            return "the entry is not in the log's tree";
        }

        return IsSigned(proof.GetMap("checkpoint")?.GetString("envelope") ?? "", size, root, log) ? null : "the log's checkpoint is not signed by it";
    }

    // RFC 9162, section 2.1.3.2.
    private static byte[]? RootOf(byte[] leaf, long index, long size, List<byte[]> hashes)
    {
        var (fn, sn, hash) = (index, size - 1, leaf);
        foreach (var next in hashes)
        {
            if (sn == 0)
            {
                return null;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                hash = SHA256.HashData([1, .. next, .. hash]);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                hash = SHA256.HashData([1, .. hash, .. next]);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 ? hash : null;
    }

    // A signed note: origin, size and root, an empty line, then signatures behind a dash, each with four bytes of the key's id before it.
    private static bool IsSigned(string note, long size, byte[] root, TrustedLog log)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var lines = note[..end].Split('\n');
        if (lines.Length < 3 || lines[1] != size.ToString(CultureInfo.InvariantCulture) || SigstoreBundle.Base64(lines[2]) is not { } signedRoot || !signedRoot.AsSpan().SequenceEqual(root))
        {
            return false;
        }

        var text = Encoding.UTF8.GetBytes(note[..(end + 1)]);
        foreach (var line in note[(end + 2)..].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('—') && SigstoreBundle.Base64(line.Split(' ')[^1]) is { Length: > 4 } signature && log.Key.Verifies(text, signature[4..]))
            {
                return true;
            }
        }

        return false;
    }

    // Whole numbers of 64 bits are texts in this form of JSON.
    private static long? Number(MapValue value, string field) =>
        value[field] switch
        {
            IntValue number => number.Value,
            StringValue text when long.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
}

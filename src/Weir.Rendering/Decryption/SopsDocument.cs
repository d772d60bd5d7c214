using System.Security.Cryptography;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>A document that SOPS encrypted for age keys: its data key is opened, its values are decrypted in place, its checksum is compared.</summary>
internal static class SopsDocument
{
    /// <summary>Where SOPS keeps what it needs.</summary>
    public const string Field = "sops";

    private const string OnlyEncryptedStart = "8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69";

    private static readonly string[] OtherKeys = ["pgp", "kms", "gcp_kms", "azure_kv", "hc_vault", "hckms"];

    /// <summary>True for a map that carries SOPS' metadata.</summary>
    public static bool IsEncrypted(MapValue value) => value.GetMap(Field) is { } metadata && metadata.ContainsKey("mac");

    /// <summary>Decrypts the values in place and removes the metadata. What is wrong, without any value, or <see langword="null"/>.</summary>
    /// <param name="value">The document.</param>
    /// <param name="identities">The keys that may open it.</param>
    /// <param name="checksWhole">The document is as SOPS wrote it, so that its checksum must fit.</param>
    public static string? Decrypt(MapValue value, IReadOnlyList<AgeIdentity> identities, bool checksWhole)
    {
        var metadata = value.GetMap(Field)!;
        var (key, problem) = DataKey(metadata, identities);
        if (key is null)
        {
            return problem;
        }

        using var cipher = new LongNonceGcm(key);
        value.Remove(Field);
        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var onlyEncrypted = metadata.GetBool("mac_only_encrypted") == true;
        if (onlyEncrypted)
        {
            checksum.AppendData(Convert.FromHexString(OnlyEncryptedStart));
        }

        if (Walk(value, "", cipher, checksum, onlyEncrypted) is { } wrong)
        {
            return wrong;
        }

        return checksWhole && !FitsChecksum(metadata, cipher, checksum) ? "MAC mismatch: the encrypted document was changed" : null;
    }

    private static (byte[]? Key, string? Problem) DataKey(MapValue metadata, IReadOnlyList<AgeIdentity> identities)
    {
        var recipients = new List<string>();
        foreach (var group in Groups(metadata))
        {
            foreach (var item in group.GetList("age") ?? [])
            {
                recipients.Add((item as MapValue)?.GetString("recipient") ?? "");
                if ((item as MapValue)?.GetString("enc") is { } encrypted && AgeFile.Decrypt(encrypted, identities) is { Length: 32 } key)
                {
                    return (key, null);
                }
            }
        }

        if (recipients.Count > 0)
        {
            return (null, $"cannot get sops data key: no identity matched any of the recipients [{string.Join(", ", recipients)}]");
        }

        var others = OtherKeys.Where(k => Groups(metadata).Any(g => g.GetList(k) is { Count: > 0 }));
        return (null, $"cannot get sops data key: it is encrypted for {string.Join(", ", others)}, which is not supported: only age is");
    }

    // Keys stand at the top or in groups; more than one group needed (Shamir) is not supported.
    private static IEnumerable<MapValue> Groups(MapValue metadata)
    {
        yield return metadata;
        if ((metadata.GetInt("shamir_threshold") ?? 0) > 1)
        {
            yield break;
        }

        foreach (var group in metadata.GetList("key_groups") ?? [])
        {
            if (group is MapValue map)
            {
                yield return map;
            }
        }
    }

    private static string? Walk(Value value, string path, LongNonceGcm cipher, IncrementalHash checksum, bool onlyEncrypted)
    {
        switch (value)
        {
            case MapValue map:
                foreach (var key in map.Keys.ToArray())
                {
                    if (Visit(map[key]!, $"{path}{key}:", cipher, checksum, onlyEncrypted, plain => map[key] = plain) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    var index = i;
                    if (Visit(list[i], path, cipher, checksum, onlyEncrypted, plain => list[index] = plain) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static string? Visit(Value value, string path, LongNonceGcm cipher, IncrementalHash checksum, bool onlyEncrypted, Action<Value> replace)
    {
        if (value is MapValue or ListValue)
        {
            return Walk(value, path, cipher, checksum, onlyEncrypted);
        }

        if (value is StringValue text && SopsCipher.IsEncrypted(text.Value))
        {
            if (SopsCipher.Decrypt(text.Value, cipher, path) is not { } plain)
            {
                return $"error decrypting value at '{path.TrimEnd(':').Replace(':', '.')}': it was changed or moved";
            }

            replace(plain);
            checksum.AppendData(SopsCipher.ToBytes(plain));
        }
        else if (!onlyEncrypted)
        {
            checksum.AppendData(SopsCipher.ToBytes(value));
        }

        return null;
    }

    private static bool FitsChecksum(MapValue metadata, LongNonceGcm cipher, IncrementalHash checksum)
    {
        var written = metadata.GetString("mac") ?? "";
        return SopsCipher.IsEncrypted(written)
            && SopsCipher.Decrypt(written, cipher, metadata.GetString("lastmodified") ?? "") is StringValue mac
            && CryptographicOperations.FixedTimeEquals(
                GoString.ToBytes(mac.Value.ToUpperInvariant()), GoString.ToBytes(Convert.ToHexString(checksum.GetHashAndReset())));
    }
}

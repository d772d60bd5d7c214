namespace Weir.Rendering;

/// <summary>Bech32 (BIP 173), in which age writes its keys; of any length, as age allows.</summary>
internal static class Bech32
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const int ChecksumLength = 6;

    private static ReadOnlySpan<uint> Generator => [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

    /// <summary>The bytes of a text with this prefix; <see langword="null"/> when it is none.</summary>
    public static byte[]? Decode(string text, string prefix)
    {
        if (text.Any(char.IsAsciiLetterLower) && text.Any(char.IsAsciiLetterUpper))
        {
            return null;
        }

        var lower = text.ToLowerInvariant();

        var separator = lower.LastIndexOf('1');
        if (separator < 1 || lower[..separator] != prefix || lower.Length - separator - 1 < ChecksumLength)
        {
            return null;
        }

        var checksum = 1u;
        foreach (var letter in prefix)
        {
            checksum = Step(checksum) ^ (uint)(letter >> 5);
        }

        checksum = Step(checksum);
        foreach (var letter in prefix)
        {
            checksum = Step(checksum) ^ (uint)(letter & 31);
        }

        var bytes = new List<byte>();
        var (bits, count) = (0u, 0);
        for (var i = separator + 1; i < lower.Length; i++)
        {
            var value = Alphabet.IndexOf(lower[i], StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            checksum = Step(checksum) ^ (uint)value;
            if (i >= lower.Length - ChecksumLength)
            {
                continue;
            }

            bits = (bits << 5) | (uint)value;
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes.Add((byte)(bits >> count));
                bits &= (1u << count) - 1;
            }
        }

        return checksum == 1 && count < 5 && bits == 0 ? [.. bytes] : null;
    }

    private static uint Step(uint checksum)
    {
        var top = checksum >> 25;
        checksum = (checksum & 0x1ffffff) << 5;
        for (var i = 0; i < 5; i++)
        {
            checksum ^= ((top >> i) & 1) == 1 ? Generator[i] : 0;
        }

        return checksum;
    }
}

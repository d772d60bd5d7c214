namespace Weir.Fuzz;

/// <summary>Makes new inputs from old ones: bytes flipped, pieces cut, doubled, spliced and swapped for hard ones.</summary>
internal sealed class Mutator(Random random)
{
    private const int LongestInput = 64 * 1024;

    private static readonly byte[][] HardPieces =
    [
        "\n"u8.ToArray(), "\t"u8.ToArray(), ": "u8.ToArray(), "- "u8.ToArray(), "? "u8.ToArray(), "[["u8.ToArray(), "{{"u8.ToArray(),
        "}}"u8.ToArray(), "\"\\u"u8.ToArray(), "'"u8.ToArray(), "&a "u8.ToArray(), "*a"u8.ToArray(), "<<: *a"u8.ToArray(),
        "---\n"u8.ToArray(), "...\n"u8.ToArray(), "|2-\n"u8.ToArray(), "!!binary "u8.ToArray(), "%YAML 1.1\n"u8.ToArray(),
        "9223372036854775808"u8.ToArray(), "1e999"u8.ToArray(), [0xFF], [0xC3], [0xEF, 0xBB, 0xBF], [0xE2, 0x80, 0xA8], [0],
    ];

    public byte[] Mutate(IReadOnlyList<byte[]> corpus)
    {
        var input = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            Change(input, corpus);
        }

        return [.. input.Take(LongestInput)];
    }

    private void Change(List<byte> input, IReadOnlyList<byte[]> corpus)
    {
        var at = random.Next(input.Count + 1);
        var length = Math.Min(random.Next(1, 32), input.Count - at);
        switch (random.Next(7))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                var other = corpus[random.Next(corpus.Count)];
                var from = random.Next(other.Length + 1);
                input.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(64), other.Length - from)).ToArray());
                break;
            default:
                input.InsertRange(at, HardPieces[random.Next(HardPieces.Length)]);
                break;
        }
    }
}

using System.IO.Compression;
using Weir.Sources.Compression;

namespace Weir.Sources.Tests.Compression;

public sealed class GoGzipStreamTests
{
    [Fact]
    public void Writes_the_header_and_end_of_Gos_gzip()
    {
        var bytes = Compress("hello hello hello hello"u8.ToArray(), 64);

        Assert.Equal([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255], bytes[..10]);

        // Go ends with an empty fixed block, then checksum and size.
        Assert.Equal([0x03, 0x00], bytes[^10..^8]);
        Assert.Equal([23, 0, 0, 0], bytes[^4..]);
    }

    [Theory]
    [InlineData(0, 512)]
    [InlineData(1, 512)]
    [InlineData(70_000, 512)]
    [InlineData(300_000, 32_768)]
    [InlineData(300_000, 1_000_000)]
    public void What_is_written_reads_back(int size, int piece)
    {
        var random = new Random(size);
        var input = new byte[size];
        for (var i = 0; i < size; i++)
        {
            // Words that repeat near and far, and noise.
            input[i] = i % 5_000 < 4_000 ? (byte)"kind: ConfigMap\n"[(i / 3) % 16] : (byte)random.Next(256);
        }

        using var gzip = new GZipStream(new MemoryStream(Compress(input, piece)), CompressionMode.Decompress);
        using var output = new MemoryStream();
        gzip.CopyTo(output);

        Assert.Equal(input, output.ToArray());
    }

    private static byte[] Compress(byte[] input, int piece)
    {
        var output = new MemoryStream();
        using (var gzip = new GoGzipStream(output))
        {
            for (var i = 0; i < input.Length; i += piece)
            {
                gzip.Write(input.AsSpan(i, Math.Min(piece, input.Length - i)));
            }
        }

        return output.ToArray();
    }
}

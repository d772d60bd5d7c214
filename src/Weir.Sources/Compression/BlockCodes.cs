namespace Weir.Sources.Compression;

/// <summary>RFC 1951's codes for lengths and offsets, and the bits that follow them.</summary>
internal static class BlockCodes
{
    private static readonly byte[] LengthCodes = MakeLengthCodes();

    public static ReadOnlySpan<byte> LengthExtraBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    public static ReadOnlySpan<int> LengthBase => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 255];

    public static ReadOnlySpan<byte> OffsetExtraBits => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>The code of a length (less 3).</summary>
    public static int Length(int length) => LengthCodes[length];

    /// <summary>The code of an offset (less 1).</summary>
    public static int Offset(int offset)
    {
        if (offset < 4)
        {
            return offset;
        }

        var log = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)offset);
        return (2 * log) + ((offset >> (log - 1)) & 1);
    }

    /// <summary>The smallest offset (less 1) of a code.</summary>
    public static int OffsetBase(int code) => code < 4 ? code : (2 + (code & 1)) << ((code >> 1) - 1);

    private static byte[] MakeLengthCodes()
    {
        var codes = new byte[256];
        for (var length = 0; length < 256; length++)
        {
            var code = LengthBase.Length - 1;
            while (LengthBase[code] > length)
            {
                code--;
            }

            codes[length] = (byte)code;
        }

        return codes;
    }
}

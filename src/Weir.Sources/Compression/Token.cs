namespace Weir.Sources.Compression;

/// <summary>A literal byte, or a match of a length (less 3) at an offset (less 1), in one number.</summary>
internal static class Token
{
    private const uint MatchBit = 1u << 30;
    private const int LengthShift = 22;

    public static uint Match(int length, int offset) => MatchBit | ((uint)(length - 3) << LengthShift) | (uint)(offset - 1);

    public static bool IsMatch(uint token) => token >= MatchBit;

    public static int Length(uint token) => (int)((token - MatchBit) >> LengthShift);

    public static int Offset(uint token) => (int)(token & ((1u << LengthShift) - 1));
}

namespace Weir.Sources.Compression;

/// <summary>The tokens of one block and how often each symbol occurs in them.</summary>
internal sealed class TokenBlock
{
    public const int EndOfBlock = 256;

    private const int FirstLength = 257;
    private const int MaxMatch = 258;
    private const int MinMatch = 3;
    private const int MaxTokens = 1 << 16;

    private readonly uint[] _tokens = new uint[MaxTokens];
    private int _count;

    /// <summary>Frequencies of literals, the end mark and length codes.</summary>
    public int[] Literals { get; } = new int[BitWriter.LiteralCount];

    /// <summary>Frequencies of offset codes.</summary>
    public int[] Offsets { get; } = new int[BitWriter.OffsetCount];

    /// <summary>How many tokens there are, the end mark included when it was added.</summary>
    public int Count => _count;

    public ReadOnlySpan<uint> Tokens => _tokens.AsSpan(0, _count);

    public void Clear()
    {
        if (_count > 0)
        {
            _count = 0;
            Array.Clear(Literals);
            Array.Clear(Offsets);
        }
    }

    public void AddLiterals(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _tokens[_count++] = value;
            Literals[value]++;
        }
    }

    /// <summary>Adds a match of any length, in pieces of at most 258 that all leave a match for what follows.</summary>
    public void AddMatch(int length, int offset)
    {
        var offsetCode = BlockCodes.Offset(offset - 1);
        while (length > 0)
        {
            var piece = length <= MaxMatch ? length : length > MaxMatch + MinMatch ? MaxMatch : MaxMatch - MinMatch;
            length -= piece;
            Literals[FirstLength + BlockCodes.Length(piece - MinMatch)]++;
            Offsets[offsetCode]++;
            _tokens[_count++] = Token.Match(piece, offset);
        }
    }

    public void AddEnd()
    {
        _tokens[_count++] = EndOfBlock;
        Literals[EndOfBlock]++;
    }

    /// <summary>About how many bits the best code needs, without its header; single precision as in Go, whose choices follow from it.</summary>
    public int EstimateBits()
    {
        var shannon = 0f;
        var extra = 0;
        var matches = 0;
        if (_count > 0)
        {
            var part = 1f / _count;
            foreach (var frequency in Literals.AsSpan(0, 256))
            {
                Add(frequency, part, ref shannon);
            }

            shannon += 15;
            for (var i = 0; i < BitWriter.LiteralCount - FirstLength; i++)
            {
                var frequency = Literals[FirstLength + i];
                Add(frequency, part, ref shannon);
                extra += BlockCodes.LengthExtraBits[i] * frequency;
                matches += frequency;
            }
        }

        if (matches > 0)
        {
            var part = 1f / matches;
            for (var i = 0; i < Offsets.Length; i++)
            {
                Add(Offsets[i], part, ref shannon);
                extra += BlockCodes.OffsetExtraBits[i] * Offsets[i];
            }
        }

        return (int)shannon + extra;
    }

    private static void Add(int frequency, float part, ref float bits)
    {
        if (frequency > 0)
        {
            var count = (float)frequency;
            bits += MathF.Min(15, MathF.Max(1, -Log2(count * part))) * count;
        }
    }

    private static float Log2(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        var log = (float)(((bits >> 23) & 255) - 128);
        bits &= unchecked((int)0x807fffff);
        bits += 127 << 23;
        var mantissa = BitConverter.Int32BitsToSingle(bits);
        log += ((((-0.34484843f * mantissa) + 2.02466578f) * mantissa) - 0.67487759f);
        return log;
    }
}

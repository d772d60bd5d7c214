namespace Weir.Sources.Compression;

/// <summary>Writes blocks of DEFLATE with the choices of Go's <c>compress/flate</c>: the smallest of stored, fixed and dynamic.</summary>
internal sealed class BitWriter(Stream output)
{
    public const int LiteralCount = 286;

    public const int OffsetCount = 30;

    private const int EndOfBlock = 256;
    private const int FirstLength = 257;
    private const int LengthCodeCount = 19;
    private const byte BadCode = 255;
    private const int MaxStoredBlock = 65_535;

    private static readonly byte[] LengthCodes = MakeLengthCodes();

    private readonly int[] _literalFrequency = new int[LiteralCount];
    private readonly int[] _offsetFrequency = new int[OffsetCount];
    private readonly int[] _lengthCodeFrequency = new int[LengthCodeCount];
    private readonly byte[] _lengthCodes = new byte[LiteralCount + OffsetCount + 1];
    private readonly HuffmanCode _literals = new(LiteralCount);
    private readonly HuffmanCode _offsets = new(OffsetCount);
    private readonly HuffmanCode _lengths = new(LengthCodeCount);
    private readonly byte[] _buffer = new byte[4096];
    private int _buffered;
    private ulong _bits;
    private int _bitCount;

    private static ReadOnlySpan<byte> LengthExtraBits => [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<int> LengthBase => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 255];

    private static ReadOnlySpan<byte> OffsetExtraBits => [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static ReadOnlySpan<byte> LengthCodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Writes one block.</summary>
    /// <param name="tokens">Literals and matches, see <see cref="Token"/>; one place after them is free for the end mark.</param>
    /// <param name="input">The bytes that the tokens stand for; empty when they are gone, so that the block cannot be stored.</param>
    /// <param name="hasInput">Whether the bytes are at hand.</param>
    public void WriteBlock(ReadOnlySpan<uint> tokens, ReadOnlySpan<byte> input, bool hasInput)
    {
        var (literalCount, offsetCount) = Count(tokens);
        var canStore = hasInput && input.Length <= MaxStoredBlock;
        var extraBits = canStore ? CountExtraBits(literalCount, offsetCount) : 0;
        var size = 3 + HuffmanCode.FixedLiterals.BitLength(_literalFrequency) + HuffmanCode.FixedOffsets.BitLength(_offsetFrequency) + extraBits;

        MakeLengthCodeSequence(literalCount, offsetCount);
        _lengths.Generate(_lengthCodeFrequency, 7);
        var (dynamicSize, lengthCodeCount) = DynamicSize(extraBits);
        var isDynamic = dynamicSize < size;
        size = Math.Min(size, dynamicSize);
        if (canStore && (input.Length + 5) * 8 < size)
        {
            WriteStoredHeader(input.Length, isLast: false);
            WriteBytes(input);
            return;
        }

        if (isDynamic)
        {
            WriteDynamicHeader(literalCount, offsetCount, lengthCodeCount);
            WriteTokens(tokens, _literals, _offsets);
        }
        else
        {
            WriteBits(2, 3);
            WriteTokens(tokens, HuffmanCode.FixedLiterals, HuffmanCode.FixedOffsets);
        }
    }

    /// <summary>Ends the stream with an empty stored block, as Go does.</summary>
    public void Finish()
    {
        WriteStoredHeader(0, isLast: true);
        FlushBits();
        output.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

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

    private static int OffsetCode(int offset)
    {
        if (offset < 4)
        {
            return offset;
        }

        var log = 31 - System.Numerics.BitOperations.LeadingZeroCount((uint)offset);
        return (2 * log) + ((offset >> (log - 1)) & 1);
    }

    private static int OffsetBase(int code) => code < 4 ? code : (2 + (code & 1)) << ((code >> 1) - 1);

    private (int Literals, int Offsets) Count(ReadOnlySpan<uint> tokens)
    {
        Array.Clear(_literalFrequency);
        Array.Clear(_offsetFrequency);
        foreach (var token in tokens)
        {
            if (Token.IsMatch(token))
            {
                _literalFrequency[FirstLength + LengthCodes[Token.Length(token)]]++;
                _offsetFrequency[OffsetCode(Token.Offset(token))]++;
            }
            else
            {
                _literalFrequency[token]++;
            }
        }

        _literalFrequency[EndOfBlock]++;
        var literals = LiteralCount;
        while (_literalFrequency[literals - 1] == 0)
        {
            literals--;
        }

        var offsets = OffsetCount;
        while (offsets > 0 && _offsetFrequency[offsets - 1] == 0)
        {
            offsets--;
        }

        if (offsets == 0)
        {
            // A dynamic block needs an offset code even without a match.
            _offsetFrequency[0] = 1;
            offsets = 1;
        }

        _literals.Generate(_literalFrequency, 15);
        _offsets.Generate(_offsetFrequency, 15);
        return (literals, offsets);
    }

    private int CountExtraBits(int literalCount, int offsetCount)
    {
        var bits = 0;
        for (var i = FirstLength + 8; i < literalCount; i++)
        {
            bits += _literalFrequency[i] * LengthExtraBits[i - FirstLength];
        }

        for (var i = 4; i < offsetCount; i++)
        {
            bits += _offsetFrequency[i] * OffsetExtraBits[i];
        }

        return bits;
    }

    /// <summary>The run-length form of both codes' lengths, RFC 1951 3.2.7.</summary>
    private void MakeLengthCodeSequence(int literalCount, int offsetCount)
    {
        Array.Clear(_lengthCodeFrequency);
        _literals.Lengths.AsSpan(0, literalCount).CopyTo(_lengthCodes);
        _offsets.Lengths.AsSpan(0, offsetCount).CopyTo(_lengthCodes.AsSpan(literalCount));
        _lengthCodes[literalCount + offsetCount] = BadCode;

        // The result is written over what was read: it is never longer.
        var size = _lengthCodes[0];
        var count = 1;
        var end = 0;
        for (var next = 1; size != BadCode; next++)
        {
            var nextSize = _lengthCodes[next];
            if (nextSize == size)
            {
                count++;
                continue;
            }

            if (size != 0)
            {
                PutLength(ref end, size);
                count--;
                while (count >= 3)
                {
                    var run = Math.Min(6, count);
                    PutRun(ref end, 16, run - 3);
                    count -= run;
                }
            }
            else
            {
                while (count >= 11)
                {
                    var run = Math.Min(138, count);
                    PutRun(ref end, 18, run - 11);
                    count -= run;
                }

                if (count >= 3)
                {
                    PutRun(ref end, 17, count - 3);
                    count = 0;
                }
            }

            for (; count > 0; count--)
            {
                PutLength(ref end, size);
            }

            size = nextSize;
            count = 1;
        }

        _lengthCodes[end] = BadCode;
    }

    private void PutLength(ref int end, byte size)
    {
        _lengthCodes[end++] = size;
        _lengthCodeFrequency[size]++;
    }

    private void PutRun(ref int end, byte code, int extra)
    {
        _lengthCodes[end++] = code;
        _lengthCodes[end++] = (byte)extra;
        _lengthCodeFrequency[code]++;
    }

    private (int Size, int LengthCodeCount) DynamicSize(int extraBits)
    {
        var count = LengthCodeCount;
        while (count > 4 && _lengthCodeFrequency[LengthCodeOrder[count - 1]] == 0)
        {
            count--;
        }

        var header = 3 + 5 + 5 + 4 + (3 * count) + _lengths.BitLength(_lengthCodeFrequency)
            + (_lengthCodeFrequency[16] * 2) + (_lengthCodeFrequency[17] * 3) + (_lengthCodeFrequency[18] * 7);
        return (header + _literals.BitLength(_literalFrequency) + _offsets.BitLength(_offsetFrequency) + extraBits, count);
    }

    private void WriteDynamicHeader(int literalCount, int offsetCount, int lengthCodeCount)
    {
        WriteBits(4, 3);
        WriteBits((uint)(literalCount - FirstLength), 5);
        WriteBits((uint)(offsetCount - 1), 5);
        WriteBits((uint)(lengthCodeCount - 4), 4);
        for (var i = 0; i < lengthCodeCount; i++)
        {
            WriteBits(_lengths.Lengths[LengthCodeOrder[i]], 3);
        }

        for (var i = 0; _lengthCodes[i] != BadCode; i++)
        {
            var code = _lengthCodes[i];
            WriteBits(_lengths.Codes[code], _lengths.Lengths[code]);
            if (code >= 16)
            {
                WriteBits(_lengthCodes[++i], code switch { 16 => 2, 17 => 3, _ => 7 });
            }
        }
    }

    private void WriteTokens(ReadOnlySpan<uint> tokens, HuffmanCode literals, HuffmanCode offsets)
    {
        foreach (var token in tokens)
        {
            if (!Token.IsMatch(token))
            {
                WriteBits(literals.Codes[token], literals.Lengths[token]);
                continue;
            }

            var length = Token.Length(token);
            var lengthCode = LengthCodes[length];
            WriteBits(literals.Codes[FirstLength + lengthCode], literals.Lengths[FirstLength + lengthCode]);
            WriteBits((uint)(length - LengthBase[lengthCode]), LengthExtraBits[lengthCode]);

            var offset = Token.Offset(token);
            var offsetCode = OffsetCode(offset);
            WriteBits(offsets.Codes[offsetCode], offsets.Lengths[offsetCode]);
            WriteBits((uint)(offset - OffsetBase(offsetCode)), OffsetExtraBits[offsetCode]);
        }

        WriteBits(literals.Codes[EndOfBlock], literals.Lengths[EndOfBlock]);
    }

    private void WriteStoredHeader(int length, bool isLast)
    {
        WriteBits(isLast ? 1u : 0u, 3);
        FlushBits();
        WriteBits((uint)length, 16);
        WriteBits((uint)(ushort)~length, 16);
    }

    private void WriteBits(uint value, int count)
    {
        _bits |= (ulong)value << _bitCount;
        _bitCount += count;
        while (_bitCount >= 8)
        {
            PutByte((byte)_bits);
            _bits >>= 8;
            _bitCount -= 8;
        }
    }

    private void FlushBits()
    {
        if (_bitCount > 0)
        {
            PutByte((byte)_bits);
        }

        _bits = 0;
        _bitCount = 0;
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        output.Write(_buffer, 0, _buffered);
        _buffered = 0;
        output.Write(bytes);
    }

    private void PutByte(byte b)
    {
        if (_buffered == _buffer.Length)
        {
            output.Write(_buffer, 0, _buffered);
            _buffered = 0;
        }

        _buffer[_buffered++] = b;
    }
}

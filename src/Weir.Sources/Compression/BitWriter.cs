namespace Weir.Sources.Compression;

/// <summary>
/// Writes blocks of DEFLATE with the choices of Go's <c>compress/flate</c> (from Go 1.27): stored, fixed or dynamic, and a block
/// that goes on with the code of the one before when a new code would not pay.
/// </summary>
internal sealed class BitWriter(Stream output)
{
    public const int LiteralCount = 286;

    public const int OffsetCount = 30;

    private const int FirstLength = 257;
    private const int LengthCodeCount = 19;
    private const byte BadCode = 255;

    /// <summary>From so many tokens on the fixed code is not tried.</summary>
    private const int FixedCodeTokens = 250;

    /// <summary>A new code is made worse by its size shifted by this, so that the old one is kept more often.</summary>
    private const int NewCodePenalty = 7;

    private const int GuessedHeaderBits = 70 * 8;

    private static readonly HuffmanCode NoOffsets = MakeNoOffsets();

    private readonly int[] _literalFrequency = new int[LiteralCount];
    private readonly int[] _offsetFrequency = new int[OffsetCount];
    private readonly int[] _lengthCodeFrequency = new int[LengthCodeCount];
    private readonly byte[] _lengthCodes = new byte[LiteralCount + OffsetCount + 1];
    private readonly HuffmanCode _offsets = new(OffsetCount);
    private readonly HuffmanCode _lengths = new(LengthCodeCount);
    private readonly byte[] _buffer = new byte[4096];
    private HuffmanCode _literals = new(LiteralCount);
    private HuffmanCode _otherLiterals = new(LiteralCount);
    private int _buffered;
    private ulong _bits;
    private int _bitCount;

    // The header size of the block that is still open; 0 when none is.
    private int _openHeader;

    // The open block's code has no offsets.
    private bool _isLiteralsOnly;

    private static ReadOnlySpan<byte> LengthCodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Writes bytes as they are.</summary>
    public void WriteStored(ReadOnlySpan<byte> input)
    {
        EndOpenBlock();
        WriteBits(0, 3);
        FlushBits();
        WriteBits((uint)input.Length, 16);
        WriteBits((uint)(ushort)~input.Length, 16);
        output.Write(_buffer, 0, _buffered);
        _buffered = 0;
        output.Write(input);
    }

    /// <summary>Writes a block without matches, or stores it when that is no longer.</summary>
    public void WriteLiterals(ReadOnlySpan<byte> input, bool isLast)
    {
        Array.Clear(_literalFrequency);
        foreach (var value in input)
        {
            _literalFrequency[value]++;
        }

        if (input.Length > 1024 && IsNoise(input.Length))
        {
            WriteStored(input);
            return;
        }

        _literalFrequency[TokenBlock.EndOfBlock] = 1;
        const int Literals = TokenBlock.EndOfBlock + 1;
        _otherLiterals.Generate(_literalFrequency.AsSpan(0, Literals), 15);
        var size = _otherLiterals.BitLength(_literalFrequency.AsSpan(0, Literals)) + (_openHeader == 0 ? GuessedHeaderBits : _openHeader);
        size += size >> NewCodePenalty;
        if (StoredSize(input) <= size)
        {
            WriteStored(input);
            return;
        }

        if (_openHeader > 0 && size < (_literals.BitLengthIfCoded(_literalFrequency.AsSpan(0, 256)) ?? int.MaxValue))
        {
            EndOpenBlock();
        }

        if (_openHeader == 0)
        {
            (_literals, _otherLiterals) = (_otherLiterals, _literals);
            MakeLengthCodeSequence(Literals, 1, NoOffsets);
            _lengths.Generate(_lengthCodeFrequency, 7);
            var (header, lengthCodes) = HeaderSize();
            WriteDynamicHeader(Literals, 1, lengthCodes);
            _isLiteralsOnly = true;
            _openHeader = header;
        }

        foreach (var value in input)
        {
            WriteBits(_literals.Codes[value], _literals.Lengths[value]);
        }

        if (isLast)
        {
            WriteBits(_literals.Codes[TokenBlock.EndOfBlock], _literals.Lengths[TokenBlock.EndOfBlock]);
            _openHeader = 0;
            _isLiteralsOnly = false;
        }
    }

    /// <summary>Writes a block in its shortest form.</summary>
    /// <param name="tokens">Literals and matches.</param>
    /// <param name="input">The bytes that the tokens stand for.</param>
    /// <param name="isLast">No block follows that could go on with this one's code.</param>
    public void WriteTokens(TokenBlock tokens, ReadOnlySpan<byte> input, bool isLast)
    {
        if (isLast)
        {
            tokens.AddEnd();
        }
        else
        {
            // The end can always be written.
            tokens.Literals[TokenBlock.EndOfBlock] = 1;
        }

        if (_openHeader > 0 && (_isLiteralsOnly || !CanReuse(tokens)))
        {
            EndOpenBlock();
            _isLiteralsOnly = false;
        }

        var (literalCount, offsetCount) = Count(tokens);
        var extraBits = CountExtraBits();
        var stored = StoredSize(input);
        if (_openHeader > 0)
        {
            var newSize = _openHeader + tokens.EstimateBits();
            newSize += _literals.Lengths[TokenBlock.EndOfBlock] + (newSize >> NewCodePenalty);
            var size = _literals.BitLength(_literalFrequency) + _offsets.BitLength(_offsetFrequency) + extraBits;
            if (newSize < size)
            {
                EndOpenBlock();
                size = newSize;
            }

            if (tokens.Count < FixedCodeTokens && FixedSize(extraBits) + 7 < size)
            {
                WriteFixedOrStored(tokens, input, stored <= size, isLast);
                return;
            }

            if (stored <= size)
            {
                WriteStored(input);
                return;
            }
        }

        if (_openHeader == 0)
        {
            _literalFrequency[TokenBlock.EndOfBlock] = 1;
            _literals.Generate(_literalFrequency, 15);
            _offsets.Generate(_offsetFrequency, 15);
            MakeLengthCodeSequence(literalCount, offsetCount, _offsets);
            _lengths.Generate(_lengthCodeFrequency, 7);
            var (header, lengthCodes) = HeaderSize();
            var size = header + _literals.BitLength(_literalFrequency) + _offsets.BitLength(_offsetFrequency) + extraBits;
            if (tokens.Count < FixedCodeTokens && FixedSize(extraBits) is var fixedSize && fixedSize <= size)
            {
                WriteFixedOrStored(tokens, input, stored <= fixedSize, isLast);
                return;
            }

            if (stored <= size)
            {
                WriteStored(input);
                return;
            }

            WriteDynamicHeader(literalCount, offsetCount, lengthCodes);
            _openHeader = isLast ? 0 : header;
            _isLiteralsOnly = false;
        }

        if (isLast)
        {
            _openHeader = 0;
        }

        WriteTokens(tokens.Tokens, _literals, _offsets);
    }

    /// <summary>Ends the stream with an empty fixed block.</summary>
    public void Finish()
    {
        EndOpenBlock();
        WriteBits(3, 3);
        WriteBits(0, 7);
        FlushBits();
        output.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

    private void WriteFixedOrStored(TokenBlock tokens, ReadOnlySpan<byte> input, bool isStored, bool isLast)
    {
        if (isStored)
        {
            WriteStored(input);
            return;
        }

        EndOpenBlock();
        WriteBits(2, 3);
        if (!isLast)
        {
            tokens.AddEnd();
        }

        WriteTokens(tokens.Tokens, HuffmanCode.FixedLiterals, HuffmanCode.FixedOffsets);
    }

    private void EndOpenBlock()
    {
        if (_openHeader > 0)
        {
            WriteBits(_literals.Codes[TokenBlock.EndOfBlock], _literals.Lengths[TokenBlock.EndOfBlock]);
            _openHeader = 0;
        }
    }

    private static int StoredSize(ReadOnlySpan<byte> input) => (input.Length + 5) * 8;

    private int FixedSize(int extraBits) =>
        3 + HuffmanCode.FixedLiterals.BitLength(_literalFrequency) + HuffmanCode.FixedOffsets.BitLength(_offsetFrequency) + extraBits;

    /// <summary>All bytes are about as frequent, as in what is compressed already.</summary>
    private bool IsNoise(int length)
    {
        var average = length / 256.0;
        var most = (double)(length * 2);
        var sum = 0.0;
        foreach (var frequency in _literalFrequency.AsSpan(0, 256))
        {
            var difference = frequency - average;
            sum += difference * difference;
            if (sum >= most)
            {
                return false;
            }
        }

        return true;
    }

    private bool CanReuse(TokenBlock tokens) => _offsets.BitLengthIfCoded(tokens.Offsets) is not null && _literals.BitLengthIfCoded(tokens.Literals) is not null;

    private (int Literals, int Offsets) Count(TokenBlock tokens)
    {
        tokens.Literals.CopyTo(_literalFrequency, 0);
        tokens.Offsets.CopyTo(_offsetFrequency, 0);
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

        return (literals, offsets);
    }

    private int CountExtraBits()
    {
        var bits = 0;
        for (var i = FirstLength; i < LiteralCount; i++)
        {
            bits += _literalFrequency[i] * BlockCodes.LengthExtraBits[i - FirstLength];
        }

        for (var i = 0; i < OffsetCount; i++)
        {
            bits += _offsetFrequency[i] * BlockCodes.OffsetExtraBits[i];
        }

        return bits;
    }

    /// <summary>The run-length form of both codes' lengths, RFC 1951 3.2.7.</summary>
    private void MakeLengthCodeSequence(int literalCount, int offsetCount, HuffmanCode offsets)
    {
        Array.Clear(_lengthCodeFrequency);
        _literals.Lengths.AsSpan(0, literalCount).CopyTo(_lengthCodes);
        offsets.Lengths.AsSpan(0, offsetCount).CopyTo(_lengthCodes.AsSpan(literalCount));
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

    private (int Size, int LengthCodes) HeaderSize()
    {
        var count = LengthCodeCount;
        while (count > 4 && _lengthCodeFrequency[LengthCodeOrder[count - 1]] == 0)
        {
            count--;
        }

        var size = 3 + 5 + 5 + 4 + (3 * count) + _lengths.BitLength(_lengthCodeFrequency)
            + (_lengthCodeFrequency[16] * 2) + (_lengthCodeFrequency[17] * 3) + (_lengthCodeFrequency[18] * 7);
        return (size, count);
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
            var lengthCode = BlockCodes.Length(length);
            WriteBits(literals.Codes[FirstLength + lengthCode], literals.Lengths[FirstLength + lengthCode]);
            WriteBits((uint)(length - BlockCodes.LengthBase[lengthCode]), BlockCodes.LengthExtraBits[lengthCode]);

            var offset = Token.Offset(token);
            var offsetCode = BlockCodes.Offset(offset);
            WriteBits(offsets.Codes[offsetCode], offsets.Lengths[offsetCode]);
            WriteBits((uint)(offset - BlockCodes.OffsetBase(offsetCode)), BlockCodes.OffsetExtraBits[offsetCode]);
        }
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

    private void PutByte(byte b)
    {
        if (_buffered == _buffer.Length)
        {
            output.Write(_buffer, 0, _buffered);
            _buffered = 0;
        }

        _buffer[_buffered++] = b;
    }

    private static HuffmanCode MakeNoOffsets()
    {
        var code = new HuffmanCode(OffsetCount);
        Span<int> frequencies = stackalloc int[OffsetCount];
        frequencies.Clear();
        frequencies[0] = 1;
        code.Generate(frequencies, 15);
        return code;
    }
}

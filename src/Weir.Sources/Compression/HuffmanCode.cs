namespace Weir.Sources.Compression;

/// <summary>
/// A Huffman code of bounded length, made as Go's <c>compress/flate</c> makes it: the package-merge of its <c>bitCounts</c>,
/// ties broken by symbol. Other encoders make other, equally short codes; artifacts need these bytes.
/// </summary>
internal sealed class HuffmanCode(int symbols)
{
    private const int MaxBitsLimit = 16;

    private readonly (ushort Symbol, int Frequency)[] _nodes = new (ushort, int)[symbols + 1];
    private readonly int[] _bitCount = new int[MaxBitsLimit + 1];

    public ushort[] Codes { get; } = new ushort[symbols];

    public byte[] Lengths { get; } = new byte[symbols];

    /// <summary>RFC 1951's fixed code for literals and lengths.</summary>
    public static HuffmanCode FixedLiterals { get; } = MakeFixedLiterals();

    /// <summary>RFC 1951's fixed code for offsets.</summary>
    public static HuffmanCode FixedOffsets { get; } = MakeFixedOffsets();

    /// <summary>Bits that symbols with these frequencies need.</summary>
    public int BitLength(ReadOnlySpan<int> frequencies)
    {
        var total = 0;
        for (var i = 0; i < frequencies.Length; i++)
        {
            total += frequencies[i] * Lengths[i];
        }

        return total;
    }

    /// <summary>As <see cref="BitLength"/>; <see langword="null"/> when a symbol that occurs has no code.</summary>
    public int? BitLengthIfCoded(ReadOnlySpan<int> frequencies)
    {
        var total = 0;
        for (var i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] == 0)
            {
                continue;
            }

            if (Lengths[i] == 0)
            {
                return null;
            }

            total += frequencies[i] * Lengths[i];
        }

        return total;
    }

    /// <summary>Makes the code for these frequencies.</summary>
    public void Generate(ReadOnlySpan<int> frequencies, int maxBits)
    {
        var count = 0;
        for (var i = 0; i < frequencies.Length; i++)
        {
            if (frequencies[i] != 0)
            {
                _nodes[count++] = ((ushort)i, frequencies[i]);
            }
            else
            {
                Lengths[i] = 0;
            }
        }

        var list = _nodes.AsSpan(0, count);
        if (count <= 2)
        {
            for (var i = 0; i < count; i++)
            {
                Codes[list[i].Symbol] = (ushort)i;
                Lengths[list[i].Symbol] = 1;
            }

            return;
        }

        list.Sort(static (a, b) => a.Frequency != b.Frequency ? a.Frequency.CompareTo(b.Frequency) : a.Symbol.CompareTo(b.Symbol));
        _nodes[count] = (ushort.MaxValue, int.MaxValue);
        Assign(CountBits(count, maxBits), list);
    }

    /// <summary>How many symbols get each length.</summary>
    private ReadOnlySpan<int> CountBits(int count, int maxBits)
    {
        maxBits = Math.Min(maxBits, count - 1);
        Span<Level> levels = stackalloc Level[MaxBitsLimit + 1];
        levels.Clear();

        // leafCounts[i, j]: leaves to the left of the level-j ancestor of the rightmost node at level i.
        Span<int> leafCounts = stackalloc int[MaxBitsLimit * MaxBitsLimit];
        leafCounts.Clear();
        for (var i = 1; i <= maxBits; i++)
        {
            levels[i] = new Level
            {
                LastFrequency = _nodes[1].Frequency,
                NextLeaf = _nodes[2].Frequency,
                NextPair = i == 1 ? int.MaxValue : _nodes[0].Frequency + _nodes[1].Frequency,
            };
            leafCounts[(i * MaxBitsLimit) + i] = 2;
        }

        levels[maxBits].Needed = (2 * count) - 4;
        var level = maxBits;
        while (true)
        {
            ref var here = ref levels[level];
            if (here.NextPair == int.MaxValue && here.NextLeaf == int.MaxValue)
            {
                here.Needed = 0;
                levels[level + 1].NextPair = int.MaxValue;
                level++;
                continue;
            }

            var previous = here.LastFrequency;
            var own = leafCounts.Slice(level * MaxBitsLimit, MaxBitsLimit);
            if (here.NextLeaf < here.NextPair)
            {
                here.LastFrequency = here.NextLeaf;
                here.NextLeaf = _nodes[++own[level]].Frequency;
            }
            else
            {
                here.LastFrequency = here.NextPair;
                leafCounts.Slice((level - 1) * MaxBitsLimit, level).CopyTo(own);
                levels[level - 1].Needed = 2;
            }

            if (--here.Needed == 0)
            {
                if (level == maxBits)
                {
                    break;
                }

                levels[level + 1].NextPair = previous + here.LastFrequency;
                level++;
            }
            else
            {
                while (levels[level - 1].Needed > 0)
                {
                    level--;
                }
            }
        }

        var counts = leafCounts.Slice(maxBits * MaxBitsLimit, MaxBitsLimit);
        _bitCount[0] = 0;
        var bits = 1;
        for (var i = maxBits; i > 0; i--, bits++)
        {
            _bitCount[bits] = counts[i] - counts[i - 1];
        }

        return _bitCount.AsSpan(0, maxBits + 1);
    }

    private void Assign(ReadOnlySpan<int> bitCount, Span<(ushort Symbol, int Frequency)> list)
    {
        var code = 0;
        for (var length = 1; length < bitCount.Length; length++)
        {
            code <<= 1;
            if (bitCount[length] == 0)
            {
                continue;
            }

            var chunk = list[^bitCount[length]..];
            chunk.Sort(static (a, b) => a.Symbol.CompareTo(b.Symbol));
            foreach (var (symbol, _) in chunk)
            {
                Codes[symbol] = Reverse((ushort)code, length);
                Lengths[symbol] = (byte)length;
                code++;
            }

            list = list[..^bitCount[length]];
        }
    }

    private static ushort Reverse(ushort code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++, code >>= 1)
        {
            reversed = (reversed << 1) | (code & 1);
        }

        return (ushort)reversed;
    }

    private static HuffmanCode MakeFixedLiterals()
    {
        var code = new HuffmanCode(BitWriter.LiteralCount);
        for (var i = 0; i < BitWriter.LiteralCount; i++)
        {
            var (bits, length) = i switch
            {
                < 144 => (i + 48, 8),
                < 256 => (i + 400 - 144, 9),
                < 280 => (i - 256, 7),
                _ => (i + 192 - 280, 8),
            };
            code.Codes[i] = Reverse((ushort)bits, length);
            code.Lengths[i] = (byte)length;
        }

        return code;
    }

    private static HuffmanCode MakeFixedOffsets()
    {
        var code = new HuffmanCode(BitWriter.OffsetCount);
        for (var i = 0; i < BitWriter.OffsetCount; i++)
        {
            code.Codes[i] = Reverse((ushort)i, 5);
            code.Lengths[i] = 5;
        }

        return code;
    }

    /// <summary>The tree at one depth while it is built.</summary>
    private struct Level
    {
        public int LastFrequency;
        public int NextLeaf;
        public int NextPair;
        public int Needed;
    }
}

namespace Weir.Values;

/// <summary>A set of characters: sorted ranges, with a bitmap for ASCII.</summary>
internal sealed class RegexClass
{
    private readonly int[] _ranges;
    private readonly ulong _low;
    private readonly ulong _high;

    /// <param name="ranges">Pairs of first and last character, sorted and apart.</param>
    public RegexClass(int[] ranges)
    {
        _ranges = ranges;
        for (var i = 0; i < ranges.Length && ranges[i] < 128; i += 2)
        {
            for (var c = ranges[i]; c <= Math.Min(ranges[i + 1], 127); c++)
            {
                if (c < 64)
                {
                    _low |= 1UL << c;
                }
                else
                {
                    _high |= 1UL << (c - 64);
                }
            }
        }

        SingleRune = ranges.Length == 2 && ranges[0] == ranges[1] ? ranges[0] : -1;
    }

    public static RegexClass Any { get; } = new([0, 0x10FFFF]);

    public static RegexClass AnyButNewline { get; } = new([0, '\n' - 1, '\n' + 1, 0x10FFFF]);

    /// <summary>The character of a set of one, else -1.</summary>
    public int SingleRune { get; }

    public ReadOnlySpan<int> Ranges => _ranges;

    public static RegexClass Of(int rune) => new([rune, rune]);

    public bool Contains(int rune)
    {
        if ((uint)rune < 64)
        {
            return (_low >> rune & 1) != 0;
        }

        if ((uint)rune < 128)
        {
            return (_high >> (rune - 64) & 1) != 0;
        }

        int low = 0, high = (_ranges.Length / 2) - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune < _ranges[2 * middle])
            {
                high = middle - 1;
            }
            else if (rune > _ranges[(2 * middle) + 1])
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}

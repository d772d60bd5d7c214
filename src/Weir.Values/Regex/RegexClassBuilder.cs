namespace Weir.Values;

/// <summary>Gathers ranges of characters for a <see cref="RegexClass"/>.</summary>
internal sealed class RegexClassBuilder
{
    private const int MaxRune = 0x10FFFF;

    private readonly List<(int First, int Last)> _ranges = [];

    public void Add(int first, int last)
    {
        if (_ranges.Count > 0 && first <= _ranges[^1].Last + 1 && _ranges[^1].First <= last + 1)
        {
            _ranges[^1] = (Math.Min(first, _ranges[^1].First), Math.Max(last, _ranges[^1].Last));
            return;
        }

        _ranges.Add((first, last));
    }

    public void AddFolded(int first, int last)
    {
        Add(first, last);
        RegexFolding.AddEquivalents(this, first, last);
    }

    public void Add(ReadOnlySpan<int> ranges, bool fold)
    {
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (fold)
            {
                AddFolded(ranges[i], ranges[i + 1]);
            }
            else
            {
                Add(ranges[i], ranges[i + 1]);
            }
        }
    }

    public void AddNegated(ReadOnlySpan<int> ranges, bool fold)
    {
        var inner = new RegexClassBuilder();
        inner.Add(ranges, fold);
        Add(Negate(inner.ToRanges()), fold: false);
    }

    /// <summary>The ranges sorted and merged.</summary>
    public int[] ToRanges()
    {
        _ranges.Sort();
        var merged = new List<int>(_ranges.Count * 2);
        foreach (var (first, last) in _ranges)
        {
            if (merged.Count > 0 && first <= merged[^1] + 1)
            {
                merged[^1] = Math.Max(merged[^1], last);
                continue;
            }

            merged.Add(first);
            merged.Add(last);
        }

        return [.. merged];
    }

    public RegexClass ToClass(bool negated) => new(negated ? Negate(ToRanges()) : ToRanges());

    private static int[] Negate(int[] ranges)
    {
        var negated = new List<int>(ranges.Length + 2);
        var next = 0;
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (next < ranges[i])
            {
                negated.Add(next);
                negated.Add(ranges[i] - 1);
            }

            next = ranges[i + 1] + 1;
        }

        if (next <= MaxRune)
        {
            negated.Add(next);
            negated.Add(MaxRune);
        }

        return [.. negated];
    }
}

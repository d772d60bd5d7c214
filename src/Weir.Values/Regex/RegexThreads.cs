namespace Weir.Values;

/// <summary>The steps that are alive at one place, in order of preference, each with the captures of its way there.</summary>
internal sealed class RegexThreads(int instructions, int captures)
{
    private readonly int[] _sparse = new int[instructions];
    private readonly int[] _dense = new int[instructions];
    private readonly int[] _captures = new int[(long)instructions * captures <= int.MaxValue ? instructions * captures : throw new ArgumentOutOfRangeException(nameof(captures))];

    public int Count { get; private set; }

    public int this[int index] => _dense[index];

    public void Clear() => Count = 0;

    /// <summary>Adds a step; false when it is there already.</summary>
    public bool Add(int instruction)
    {
        var place = _sparse[instruction];
        if (place < Count && _dense[place] == instruction)
        {
            return false;
        }

        _sparse[instruction] = Count;
        _dense[Count++] = instruction;
        return true;
    }

    /// <summary>The captures of the step at an index.</summary>
    public Span<int> CapturesAt(int index) => _captures.AsSpan(index * captures, captures);
}

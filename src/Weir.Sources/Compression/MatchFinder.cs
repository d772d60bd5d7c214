using System.Buffers.Binary;

namespace Weir.Sources.Compression;

/// <summary>
/// Finds the matches that Go's <c>compress/flate</c> (from Go 1.27) finds at level 6: a table of the last place of each four bytes,
/// one of the last two places of each seven bytes, and a try with the last offset.
/// </summary>
internal sealed class MatchFinder
{
    private const int TableBits = 15;
    private const int MaxOffset = 1 << 15;
    private const int MaxMatch = 258;
    private const int InputMargin = 11;
    private const int HistorySize = Deflater.BlockSize * 5;
    private const int ResetAt = int.MaxValue - HistorySize - Deflater.BlockSize;

    // Places are counted from the start of the stream; the history begins at _base.
    private readonly byte[] _history = new byte[HistorySize];
    private readonly int[] _short = new int[1 << TableBits];
    private readonly (int Last, int Previous)[] _long = new (int, int)[1 << TableBits];
    private int _length;
    private int _base = Deflater.BlockSize;

    /// <summary>Adds the tokens of one block. None are added when there is no match.</summary>
    public void Find(ReadOnlySpan<byte> block, TokenBlock tokens)
    {
        if (_base >= ResetAt)
        {
            Rebase();
        }

        var start = Append(block);
        var text = _history.AsSpan(0, _length);
        var limit = _length - InputMargin;
        var emitted = start;
        var position = start;
        var repeat = 1;
        while (Search(text, limit, emitted, repeat, ref position, out var next, out var from, out var length))
        {
            Extend(text, limit, ref position, ref from, ref length);
            while (from > 0 && position > emitted && text[from - 1] == text[position - 1])
            {
                position--;
                from--;
                length++;
            }

            tokens.AddLiterals(text[emitted..position]);
            tokens.AddMatch(length, position - from);
            repeat = position - from;
            position += length;
            emitted = position;
            if (next >= position)
            {
                position = next + 1;
            }

            if (position >= limit)
            {
                for (var i = next + 1; i < text.Length - 8; i += 2)
                {
                    var value = Load(text, i);
                    _short[ShortHash(value)] = i + _base;
                    Remember(LongHash(value), i);
                }

                break;
            }

            for (var i = next + 1; i < position - 1; i += 2)
            {
                var value = Load(text, i);
                Remember(LongHash(value), i);
                Remember(LongHash(value >> 8), i + 1);
                _short[ShortHash(value)] = i + _base;
            }
        }

        if (emitted < text.Length && tokens.Count > 0)
        {
            tokens.AddLiterals(text[emitted..]);
        }
    }

    /// <summary>Goes on to the next match; false at the end of the block.</summary>
    private bool Search(
        ReadOnlySpan<byte> text,
        int limit,
        int emitted,
        int repeat,
        ref int position,
        out int next,
        out int from,
        out int length)
    {
        (next, from, length) = (position, 0, 0);
        var current = Load(text, position);
        while (true)
        {
            position = next;
            next = position + 1 + ((position - emitted) >> 7);
            if (next > limit)
            {
                return false;
            }

            var shortHash = ShortHash(current);
            var longHash = LongHash(current);
            var shortPlace = _short[shortHash] - _base;
            var (lastPlace, previousPlace) = _long[longHash];
            lastPlace -= _base;
            previousPlace -= _base;
            var following = Load(text, next);
            _short[shortHash] = position + _base;
            Remember(longHash, position);
            shortHash = ShortHash(following);
            longHash = LongHash(following);
            if (position - lastPlace < MaxOffset)
            {
                var isPrevious = position - previousPlace < MaxOffset && Starts(text, previousPlace, current);
                if (Starts(text, lastPlace, current))
                {
                    _short[shortHash] = next + _base;
                    Remember(longHash, next);
                    from = lastPlace;
                    if (isPrevious)
                    {
                        length = LimitedMatch(text, position, lastPlace);
                        var other = LimitedMatch(text, position, previousPlace);
                        if (other > length)
                        {
                            (from, length) = (previousPlace, other);
                        }
                    }

                    return true;
                }

                if (isPrevious)
                {
                    _short[shortHash] = next + _base;
                    Remember(longHash, next);
                    from = previousPlace;
                    return true;
                }
            }

            if (position - shortPlace < MaxOffset && Starts(text, shortPlace, current))
            {
                from = shortPlace;
                length = LimitedMatch(text, position, shortPlace);
                var candidates = _long[longHash];
                _short[shortHash] = next + _base;
                Remember(longHash, next);
                PreferOther(text, repeat, current, following, candidates, next, ref position, ref from, ref length);
                return true;
            }

            current = following;
        }
    }

    /// <summary>Four bytes match here; the last offset at the next byte, or a longer context, may match more.</summary>
    private void PreferOther(
        ReadOnlySpan<byte> text,
        int repeat,
        ulong current,
        ulong following,
        (int Last, int Previous) candidates,
        int next,
        ref int position,
        ref int from,
        ref int length)
    {
        var again = position - repeat + 1;
        if (Starts(text, again, current >> 8))
        {
            var other = LimitedMatch(text, position + 1, again);
            if (other > length)
            {
                (position, from, length) = (position + 1, again, other);
                return;
            }
        }

        var last = candidates.Last - _base;
        if (next - last >= MaxOffset)
        {
            return;
        }

        if (Starts(text, last, following) && LimitedMatch(text, next, last) is var longer && longer > length)
        {
            (position, from, length) = (next, last, longer);
        }

        var previous = candidates.Previous - _base;
        if (next - previous < MaxOffset && Starts(text, previous, following) && LimitedMatch(text, next, previous) is var longest && longest > length)
        {
            (position, from, length) = (next, previous, longest);
        }
    }

    /// <summary>Follows the match to its end, and tries those that the bytes after its end lead to.</summary>
    private void Extend(ReadOnlySpan<byte> text, int limit, ref int position, ref int from, ref int length)
    {
        if (length == 0)
        {
            length = Match(text, position + 4, from + 4) + 4;
        }
        else if (length == MaxMatch)
        {
            length += Match(text, position + length, from + length);
        }

        var end = position + length;
        if (end >= limit)
        {
            return;
        }

        const int Skipped = 2;
        var (last, previous) = _long[LongHash(Load(text, end))];
        var start = position + Skipped;
        var candidate = last - _base - length + Skipped;
        if (start - candidate >= MaxOffset)
        {
            return;
        }

        if (start > candidate && candidate >= 0 && Match(text, start, candidate) is var longer && longer > length)
        {
            (position, from, length) = (start, candidate, longer);
        }

        candidate = previous - _base - length + Skipped;
        if (start > candidate && start - candidate < MaxOffset && candidate >= 0 && Match(text, start, candidate) is var longest && longest > length)
        {
            (position, from, length) = (start, candidate, longest);
        }
    }

    private int Append(ReadOnlySpan<byte> block)
    {
        if (_length + block.Length > HistorySize)
        {
            var offset = _length - MaxOffset;
            _history.AsSpan(offset, MaxOffset).CopyTo(_history);
            _base += offset;
            _length = MaxOffset;
        }

        var start = _length;
        block.CopyTo(_history.AsSpan(start));
        _length += block.Length;
        return start;
    }

    /// <summary>Counts places anew, so that they do not run over; what is out of reach is forgotten.</summary>
    private void Rebase()
    {
        var floor = _base + _length - MaxOffset;
        var delta = _base - MaxOffset;
        for (var i = 0; i < _short.Length; i++)
        {
            _short[i] = _short[i] <= floor ? 0 : _short[i] - delta;
            var (last, previous) = _long[i];
            _long[i] = (last <= floor ? 0 : last - delta, previous <= floor ? 0 : previous - delta);
        }

        _base = MaxOffset;
    }

    private void Remember(int hash, int position)
    {
        ref var entry = ref _long[hash];
        entry = (position + _base, entry.Last);
    }

    private static int ShortHash(ulong value) => (int)(((uint)value * 2654435761u) >> (32 - TableBits));

    private static int LongHash(ulong value) => (int)(((value << 8) * 58295818150454627ul) >> (64 - TableBits));

    private static ulong Load(ReadOnlySpan<byte> text, int at) => BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);

    private static bool Starts(ReadOnlySpan<byte> text, int at, ulong value) => BinaryPrimitives.ReadUInt32LittleEndian(text[at..]) == (uint)value;

    private static int LimitedMatch(ReadOnlySpan<byte> text, int position, int from)
    {
        var end = Math.Min(position + MaxMatch, text.Length);
        return text[(position + 4)..end].CommonPrefixLength(text[(from + 4)..]) + 4;
    }

    private static int Match(ReadOnlySpan<byte> text, int position, int from) => text[position..].CommonPrefixLength(text[from..]);
}

using System.Buffers.Binary;

namespace Weir.Sources.Compression;

/// <summary>
/// DEFLATE at level 6 with the matches that Go's <c>compress/flate</c> (up to Go 1.26) finds: hash chains over four bytes, lazy
/// matching. Its output depends on the pieces in which input arrives when the window moves, so callers write the pieces that Go writes.
/// </summary>
internal sealed class Deflater(Stream output)
{
    private const int WindowSize = 1 << 15;
    private const int WindowMask = WindowSize - 1;
    private const int MinMatch = 4;
    private const int MaxMatch = 258;
    private const int MaxBlockTokens = 1 << 14;
    private const int HashBits = 17;
    private const int MaxHashOffset = 1 << 24;
    private const uint HashFactor = 0x1e35a7bd;

    // Level 6.
    private const int LazyLength = 16;
    private const int NiceLength = 128;
    private const int ChainLength = 128;

    private readonly BitWriter _writer = new(output);
    private readonly byte[] _window = new byte[2 * WindowSize];
    private readonly int[] _hashHead = new int[1 << HashBits];
    private readonly int[] _hashPrevious = new int[WindowSize];
    private readonly uint[] _tokens = new uint[MaxBlockTokens + 1];
    private int _tokenCount;
    private int _hashOffset = 1;
    private int _chainHead = -1;
    private int _index;
    private int _windowEnd;
    private int _blockStart;
    private bool _hasPendingByte;
    private int _length = MinMatch - 1;
    private int _offset;

    /// <summary>Takes one piece of input.</summary>
    public void Write(ReadOnlySpan<byte> input)
    {
        while (!input.IsEmpty)
        {
            Deflate(isLast: false);
            input = input[Fill(input)..];
        }
    }

    /// <summary>Writes what is left and the end of the stream.</summary>
    public void Finish()
    {
        Deflate(isLast: true);
        _writer.Finish();
    }

    private int Fill(ReadOnlySpan<byte> input)
    {
        if (_index >= (2 * WindowSize) - (MinMatch + MaxMatch))
        {
            MoveWindow();
        }

        var count = Math.Min(input.Length, _window.Length - _windowEnd);
        input[..count].CopyTo(_window.AsSpan(_windowEnd));
        _windowEnd += count;
        return count;
    }

    private void MoveWindow()
    {
        _window.AsSpan(WindowSize).CopyTo(_window);
        _index -= WindowSize;
        _windowEnd -= WindowSize;

        // A block that began in what is gone can no longer be stored.
        _blockStart = _blockStart >= WindowSize ? _blockStart - WindowSize : int.MaxValue;
        _hashOffset += WindowSize;
        if (_hashOffset <= MaxHashOffset)
        {
            return;
        }

        var delta = _hashOffset - 1;
        _hashOffset -= delta;
        _chainHead -= delta;
        Lower(_hashPrevious, delta);
        Lower(_hashHead, delta);
    }

    private static void Lower(int[] places, int delta)
    {
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = Math.Max(places[i] - delta, 0);
        }
    }

    private void Deflate(bool isLast)
    {
        if (_windowEnd - _index < MinMatch + MaxMatch && !isLast)
        {
            return;
        }

        var maxInsert = _windowEnd - (MinMatch - 1);
        while (true)
        {
            var lookahead = _windowEnd - _index;
            if (lookahead < MinMatch + MaxMatch)
            {
                if (!isLast)
                {
                    return;
                }

                if (lookahead == 0)
                {
                    FlushTokens();
                    return;
                }
            }

            if (_index < maxInsert)
            {
                _chainHead = Insert(_index);
            }

            var (previousLength, previousOffset) = (_length, _offset);
            _length = MinMatch - 1;
            _offset = 0;
            var minIndex = Math.Max(_index - WindowSize, 0);
            if (_chainHead - _hashOffset >= minIndex && lookahead > previousLength && previousLength < LazyLength)
            {
                FindMatch(_chainHead - _hashOffset, lookahead);
            }

            if (previousLength >= MinMatch && _length <= previousLength)
            {
                TakeMatch(previousLength, previousOffset, maxInsert);
            }
            else
            {
                TakeByte();
            }
        }
    }

    /// <summary>The match at the previous byte was no worse: it counts, and this byte belongs to it.</summary>
    private void TakeMatch(int length, int offset, int maxInsert)
    {
        _tokens[_tokenCount++] = Token.Match(length, offset);
        var end = _index + length - 1;
        for (_index++; _index < end; _index++)
        {
            if (_index < maxInsert)
            {
                Insert(_index);
            }
        }

        _hasPendingByte = false;
        _length = MinMatch - 1;
        if (_tokenCount == MaxBlockTokens)
        {
            WriteBlock(_index);
        }
    }

    /// <summary>The previous byte, if it waits, is a literal; this one waits for whether the next begins a better match.</summary>
    private void TakeByte()
    {
        if (_hasPendingByte)
        {
            _tokens[_tokenCount++] = _window[_index - 1];
            if (_tokenCount == MaxBlockTokens)
            {
                WriteBlock(_index);
            }
        }

        _index++;
        _hasPendingByte = true;
    }

    private void FlushTokens()
    {
        if (_hasPendingByte)
        {
            _tokens[_tokenCount++] = _window[_index - 1];
            _hasPendingByte = false;
        }

        if (_tokenCount > 0)
        {
            WriteBlock(_index);
        }
    }

    private void WriteBlock(int end)
    {
        if (end > 0)
        {
            var hasInput = _blockStart <= end;
            var input = hasInput ? _window.AsSpan(_blockStart, end - _blockStart) : [];
            _blockStart = end;
            _writer.WriteBlock(_tokens.AsSpan(0, _tokenCount), input, hasInput);
        }

        _tokenCount = 0;
    }

    /// <summary>Puts a place at the head of its chain and answers the old head.</summary>
    private int Insert(int index)
    {
        var hash = (BinaryPrimitives.ReadUInt32BigEndian(_window.AsSpan(index)) * HashFactor) >> (32 - HashBits);
        ref var head = ref _hashHead[hash];
        var previous = head;
        _hashPrevious[index & WindowMask] = previous;
        head = index + _hashOffset;
        return previous;
    }

    private void FindMatch(int candidate, int lookahead)
    {
        var pos = _index;
        var limit = Math.Min(MaxMatch, lookahead);
        var window = _window.AsSpan(0, pos + limit);
        var nice = Math.Min(limit, NiceLength);
        var length = MinMatch - 1;
        var tries = ChainLength;
        var wanted = window[pos + length];
        var minIndex = pos - WindowSize;
        for (; tries > 0; tries--)
        {
            if (wanted == window[candidate + length])
            {
                var found = window.Slice(candidate, limit).CommonPrefixLength(window[pos..]);
                if (found > length && (found > MinMatch || pos - candidate <= 4096))
                {
                    length = found;
                    _length = found;
                    _offset = pos - candidate;
                    if (found >= nice)
                    {
                        return;
                    }

                    wanted = window[pos + found];
                }
            }

            if (candidate == minIndex)
            {
                // Its link is overwritten already.
                return;
            }

            candidate = _hashPrevious[candidate & WindowMask] - _hashOffset;
            if (candidate < minIndex || candidate < 0)
            {
                return;
            }
        }
    }
}

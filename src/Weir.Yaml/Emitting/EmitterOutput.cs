using System.Buffers;

namespace Weir.Yaml.Emitting;

/// <summary>The characters written so far and where the cursor stands.</summary>
internal sealed class EmitterOutput : IDisposable
{
    private char[] _characters = ArrayPool<char>.Shared.Rent(4096);
    private int _length;

    public int Column { get; private set; }

    public ReadOnlySpan<char> Written => _characters.AsSpan(0, _length);

    public void Put(char c)
    {
        Reserve(1);
        _characters[_length++] = c;
        Column++;
    }

    /// <summary>Text without line breaks, each character one column wide.</summary>
    public void Put(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_characters.AsSpan(_length));
        _length += text.Length;
        Column += text.Length;
    }

    public void PutBreak(char lineBreak)
    {
        Put(lineBreak);
        Column = 0;
    }

    public void PadTo(int column)
    {
        var count = column - Column;
        if (count <= 0)
        {
            return;
        }

        Reserve(count);
        _characters.AsSpan(_length, count).Fill(' ');
        _length += count;
        Column = column;
    }

    public void Dispose() => ArrayPool<char>.Shared.Return(_characters);

    private void Reserve(int count)
    {
        if (_characters.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_characters.Length * 2, _length + count));
        Written.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_characters);
        _characters = larger;
    }
}

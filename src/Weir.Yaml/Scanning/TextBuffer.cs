namespace Weir.Yaml.Scanning;

/// <summary>Characters of one scalar while it is put together; reused for every scalar of a text.</summary>
internal sealed class TextBuffer
{
    private char[] _characters = new char[256];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _characters.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Append(char c)
    {
        if (Length == _characters.Length)
        {
            Array.Resize(ref _characters, Length * 2);
        }

        _characters[Length++] = c;
    }

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _characters.Length - Length)
        {
            Array.Resize(ref _characters, Math.Max(_characters.Length * 2, Length + text.Length));
        }

        text.CopyTo(_characters.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Moves everything to the end of another buffer.</summary>
    public void MoveTo(TextBuffer other)
    {
        other.Append(Span);
        Clear();
    }

    public override string ToString() => new(_characters, 0, Length);
}

namespace Weir.Yaml.Scanning;

/// <summary>Tokens that are scanned but not parsed yet. A key found late is inserted before its first token.</summary>
internal sealed class TokenQueue
{
    private Token[] _tokens = new Token[16];
    private int _head;
    private int _end;

    public int Count => _end - _head;

    public ref Token Head => ref _tokens[_head];

    public void Append(in Token token)
    {
        Reserve();
        _tokens[_end++] = token;
    }

    public void Insert(int index, in Token token)
    {
        Reserve();
        Array.Copy(_tokens, _head + index, _tokens, _head + index + 1, Count - index);
        _tokens[_head + index] = token;
        _end++;
    }

    public void RemoveHead()
    {
        _head++;
        if (_head == _end)
        {
            _head = 0;
            _end = 0;
        }
    }

    private void Reserve()
    {
        if (_end < _tokens.Length)
        {
            return;
        }

        if (_head > _tokens.Length / 2)
        {
            Array.Copy(_tokens, _head, _tokens, 0, Count);
            _end -= _head;
            _head = 0;
            return;
        }

        Array.Resize(ref _tokens, _tokens.Length * 2);
    }
}

using System.Buffers;
using System.Text;
using Weir.Values;

namespace Weir.Yaml.Json;

/// <summary>UTF-8 written so far, in a rented buffer.</summary>
internal sealed class JsonOutput : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Put(byte b)
    {
        Reserve(1);
        _bytes[_length++] = b;
    }

    public void Put(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Put(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    public void Put(long number)
    {
        Reserve(24);
        number.TryFormat(_bytes.AsSpan(_length), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        _length += written;
    }

    public void PutLine(ReadOnlySpan<char> indent, int depth)
    {
        Put((byte)'\n');
        for (var i = 0; i < depth; i++)
        {
            Put(indent);
        }
    }

    public void PutString(string text, bool escapesHtml)
    {
        Put((byte)'"');
        var rest = text.AsSpan();
        while (true)
        {
            var length = rest.IndexOfAny(escapesHtml ? JsonText.EscapedInHtml : JsonText.Escaped);
            if (length < 0)
            {
                Put(rest);
                break;
            }

            Put(rest[..length]);
            rest = rest[length..];
            rest = rest[PutEscaped(rest)..];
        }

        Put((byte)'"');
    }

    /// <summary>Answers how many characters were taken.</summary>
    private int PutEscaped(ReadOnlySpan<char> text)
    {
        var c = text[0];
        if (char.IsHighSurrogate(c) && text.Length > 1 && char.IsLowSurrogate(text[1]))
        {
            Put(text[..2]);
            return 2;
        }

        switch (c)
        {
            case '"':
                Put("\\\""u8);
                break;
            case '\\':
                Put("\\\\"u8);
                break;
            case '\b':
                Put("\\b"u8);
                break;
            case '\f':
                Put("\\f"u8);
                break;
            case '\n':
                Put("\\n"u8);
                break;
            case '\r':
                Put("\\r"u8);
                break;
            case '\t':
                Put("\\t"u8);
                break;
            default:
                Put("\\u"u8);
                Put(((int)(char.IsSurrogate(c) ? '\uFFFD' : c)).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
                break;
        }

        return 1;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + count));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

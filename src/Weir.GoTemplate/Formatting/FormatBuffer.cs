using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>Collects output under the flags of the current verb: padding counts runes, as Go does.</summary>
internal sealed class FormatBuffer
{
    private readonly StringBuilder _output = new();

    public FormatFlags Flags;

    public int Length => _output.Length;

    public void Write(char c) => _output.Append(c);

    public void Write(ReadOnlySpan<char> text) => _output.Append(text);

    public void Write(Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        _output.Append(chars[..rune.EncodeToUtf16(chars)]);
    }

    /// <summary>A whole number in decimal.</summary>
    public void Write(long number)
    {
        Span<char> chars = stackalloc char[20];
        number.TryFormat(chars, out var length, default, CultureInfo.InvariantCulture);
        _output.Append(chars[..length]);
    }

    /// <summary>Text, filled up to the width.</summary>
    public void Pad(string text)
    {
        if (Flags.Width is not { } width || width == 0)
        {
            _output.Append(text);
            return;
        }

        var fill = width - CountRunes(text);
        if (Flags.Minus)
        {
            _output.Append(text);
            WritePadding(fill);
        }
        else
        {
            WritePadding(fill);
            _output.Append(text);
        }
    }

    public void WritePadding(int count)
    {
        if (count > 0)
        {
            _output.Append(Flags.Zero && !Flags.Minus ? '0' : ' ', count);
        }
    }

    /// <summary>The text cut to as many runes as the precision allows.</summary>
    public string Truncate(string text)
    {
        if (Flags.Precision is not { } count)
        {
            return text;
        }

        var end = 0;
        while (end < text.Length && count-- > 0)
        {
            end += RuneLength(text, end);
        }

        return text[..end];
    }

    public override string ToString() => _output.ToString();

    private static int CountRunes(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += RuneLength(text, i))
        {
            count++;
        }

        return count;
    }

    private static int RuneLength(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
}

using System.Text;
using Weir.Values;

namespace Weir.Yaml.Scanning;

/// <summary>What may not stand in any YAML text: too many bytes, broken UTF-8, control characters.</summary>
internal static class SourceCheck
{
    /// <summary>The first such problem, or <see langword="null"/>.</summary>
    public static Diagnostic? Find(string text, YamlReadOptions options)
    {
        if (text.Length > options.MaxBytes || (text.Length > options.MaxBytes / 4 && GoString.ByteLength(text) > options.MaxBytes))
        {
            return Diagnostic.Error(
                "yaml-too-large", $"yaml: the text is larger than {options.MaxBytes} bytes", new SourceSpan(options.File, 0, 0));
        }

        var forbidden = text.AsSpan().IndexOfAny(YamlChar.Forbidden);
        var end = forbidden < 0 ? text.Length : forbidden;
        var surrogate = FindLoneSurrogate(text.AsSpan(0, end));
        if (surrogate >= 0)
        {
            return Problem(text, surrogate, SurrogateMessage(text, surrogate), options);
        }

        return forbidden < 0 ? null : Problem(text, forbidden, "control characters are not allowed", options);
    }

    /// <summary>The text of these bytes: UTF-8, or UTF-16 with a byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
        [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
        _ => GoString.FromBytes(bytes),
    };

    private static int FindLoneSurrogate(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (true)
        {
            var i = text[from..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (i < 0)
            {
                return -1;
            }

            i += from;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            from = i + 2;
        }
    }

    private static string SurrogateMessage(string text, int index)
    {
        if (!GoString.IsEscapedByte(text, index))
        {
            return "invalid Unicode character";
        }

        var octet = (byte)text[index];
        if (octet is < 0xC0 or >= 0xF8)
        {
            return "invalid leading UTF-8 octet";
        }

        return index + 1 == text.Length ? "incomplete UTF-8 octet sequence" : "invalid trailing UTF-8 octet";
    }

    private static Diagnostic Problem(string text, int index, string message, YamlReadOptions options)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < index; i++)
        {
            if (text[i] == '\n')
            {
                line++;
                lineStart = i + 1;
            }
        }

        return Diagnostic.Error("yaml-syntax", $"yaml: {message}", new SourceSpan(options.File, line, index - lineStart + 1));
    }
}

using System.Buffers;
using System.Globalization;
using Weir.Values;

namespace Weir.Yaml.Json;

/// <summary>How <c>encoding/json</c> writes characters and numbers.</summary>
internal static class JsonText
{
    /// <summary>Characters that never stand as themselves; surrogates are looked at one by one.</summary>
    public static SearchValues<char> Escaped { get; } = SearchValues.Create(EscapedCharacters(""));

    /// <summary>The same with those that mean something in HTML.</summary>
    public static SearchValues<char> EscapedInHtml { get; } = SearchValues.Create(EscapedCharacters("<>&"));

    /// <summary>The shortest digits; an exponent below 1e-6 and from 1e21 on.</summary>
    public static string Number(double value)
    {
        var size = Math.Abs(value);
        if (size != 0 && (size < 1e-6 || size >= 1e21))
        {
            // e-09 becomes e-9.
            var text = GoFloat.Format(value, 'e', -1);
            return text.Length >= 4 && text[^4] == 'e' && text[^3] == '-' && text[^2] == '0'
                ? string.Concat(text.AsSpan(0, text.Length - 2), text.AsSpan(text.Length - 1))
                : text;
        }

        return Math.Floor(value) == value && size < 1L << 53 && !(value == 0 && double.IsNegative(value))
            ? ((long)value).ToString(CultureInfo.InvariantCulture)
            : GoFloat.Format(value, 'f', -1);
    }

    private static string EscapedCharacters(string more)
    {
        var characters = new List<char>();
        for (var c = '\0'; c < ' '; c++)
        {
            characters.Add(c);
        }

        for (var c = 0xD800; c <= 0xDFFF; c++)
        {
            characters.Add((char)c);
        }

        return new string([.. characters, '"', '\\', '\u2028', '\u2029', .. more]);
    }
}

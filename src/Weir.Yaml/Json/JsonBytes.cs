using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Weir.Yaml.Json;

/// <summary>Facts about the bytes of JSON texts.</summary>
internal static class JsonBytes
{
    /// <summary>What may not stand as itself inside a string: quote, backslash, control characters.</summary>
    public static SearchValues<byte> EndsPlainText { get; } = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(b => (byte)b)]);

    /// <summary>The text of these bytes; what is no UTF-8 becomes U+FFFD, one for each byte as in Go.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (Ascii.IsValid(utf8) || Utf8.IsValid(utf8))
        {
            return Encoding.UTF8.GetString(utf8);
        }

        return Values.GoString.ToValidUtf8(Values.GoString.FromBytes(utf8));
    }
}

using System.Buffers;
using System.Text;

namespace Weir.Values;

/// <summary>
/// Go strings are byte strings. Weir keeps them as .NET strings; a byte that is no part of valid UTF-8 becomes the lone
/// surrogate U+DC00 + byte, and turns back into that byte on the way out. Lengths, slices and order here count bytes, as Go does.
/// </summary>
public static class GoString
{
    private const char EscapeBase = '\uDC00';

    /// <summary>The text of these bytes; invalid UTF-8 is kept escaped.</summary>
    public static string FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                consumed = 1;
                text.Append((char)(EscapeBase + bytes[0]));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of this text.</summary>
    public static byte[] ToBytes(string text)
    {
        if (!HasLoneSurrogate(text))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var bytes = new ArrayBufferWriter<byte>(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscapedByte(text, i))
            {
                bytes.GetSpan(1)[0] = (byte)(text[i] - EscapeBase);
                bytes.Advance(1);
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed);
            bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            i += consumed - 1;
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Go's <c>len(text)</c>.</summary>
    public static int ByteLength(string text)
    {
        if (!HasLoneSurrogate(text))
        {
            return Encoding.UTF8.GetByteCount(text);
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscapedByte(text, i))
            {
                length++;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var consumed);
            length += rune.Utf8SequenceLength;
            i += consumed - 1;
        }

        return length;
    }

    /// <summary>Go's <c>text[start:end]</c>. Throws <see cref="ArgumentOutOfRangeException"/> where Go panics.</summary>
    public static string Slice(string text, int start, int end)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(end, text.Length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
            return text[start..end];
        }

        var bytes = ToBytes(text);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, bytes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, end);
        return FromBytes(bytes.AsSpan(start, end - start));
    }

    /// <summary>Go's order of strings: bytewise, which is the order of code points.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a == b)
            {
                continue;
            }

            if (a < '\uD800' || b < '\uD800')
            {
                return a - b;
            }

            return ToBytes(left).AsSpan().SequenceCompareTo(ToBytes(right));
        }

        return left.Length - right.Length;
    }

    /// <summary>A comparer for <see cref="Compare"/>.</summary>
    public static Comparer<string> Comparer { get; } = Comparer<string>.Create(Compare);

    /// <summary>True when the character at this place stands for a byte that is no UTF-8.</summary>
    public static bool IsEscapedByte(string text, int index) =>
        text[index] is >= '\uDC80' and <= '\uDCFF' && (index == 0 || !char.IsHighSurrogate(text[index - 1]));

    /// <summary>Go's <c>strings.ToValidUTF8</c> with U+FFFD for every byte that is no UTF-8, as its JSON does.</summary>
    public static string ToValidUtf8(string text)
    {
        if (!HasLoneSurrogate(text))
        {
            return text;
        }

        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate enumerates as U+FFFD.
            valid.Append(rune.ToString());
        }

        return valid.ToString();
    }

    /// <summary>Go's <c>utf8.ValidString</c>.</summary>
    public static bool IsValidUtf8(string text) => !HasLoneSurrogate(text);

    private static bool HasLoneSurrogate(string text)
    {
        var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (i < 0)
        {
            return false;
        }

        for (; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}

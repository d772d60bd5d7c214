using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Go's package <c>strings</c> where .NET's strings do otherwise: characters, cases, slices by bytes.</summary>
internal static class GoText
{
    /// <summary>The most characters a function may make of one call, so that a count cannot fill the memory.</summary>
    public const long MaxLength = 128L * 1024 * 1024;

    public static string ToUpper(string text) => Ascii.IsValid(text) ? text.ToUpperInvariant() : MapRunes(text, ToUpper);

    public static string ToLower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : MapRunes(text, ToLower);

    public static Rune ToUpper(Rune rune) => rune.Value switch
    {
        0x131 => new Rune('I'),
        0x17F => new Rune('S'),
        _ => Rune.ToUpperInvariant(rune),
    };

    public static Rune ToLower(Rune rune) => rune.Value switch
    {
        0x130 => new Rune('i'),
        0x212A => new Rune('k'),
        0x212B => new Rune(0xE5),
        _ => Rune.ToLowerInvariant(rune),
    };

    /// <summary>Go's title case: of the few letters that have one of their own, else the capital.</summary>
    public static Rune ToTitle(Rune rune) => rune.Value switch
    {
        0x1C4 or 0x1C5 or 0x1C6 => new Rune(0x1C5),
        0x1C7 or 0x1C8 or 0x1C9 => new Rune(0x1C8),
        0x1CA or 0x1CB or 0x1CC => new Rune(0x1CB),
        0x1F1 or 0x1F2 or 0x1F3 => new Rune(0x1F2),
        >= 0x10D0 and <= 0x10FF => rune,
        _ => ToUpper(rune),
    };

    public static bool IsUpper(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.UppercaseLetter;

    public static bool IsLower(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.LowercaseLetter;

    public static bool IsTitle(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.TitlecaseLetter;

    public static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune);

    /// <summary><c>unicode.IsPunct</c>.</summary>
    public static bool IsPunctuation(Rune rune) => Rune.IsPunctuation(rune);

    /// <summary>The characters of a text; an invalid byte is U+FFFD.</summary>
    public static List<Rune> Runes(string text)
    {
        var runes = new List<Rune>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            runes.Add(rune);
        }

        return runes;
    }

    public static string MapRunes(string text, Func<Rune, Rune> map)
    {
        var output = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            output.Append(map(rune).ToString());
        }

        return output.ToString();
    }

    /// <summary><c>strings.Trim</c> with a set of characters.</summary>
    public static string Trim(string text, string cutset)
    {
        if (text.Length == 0 || cutset.Length == 0)
        {
            return text;
        }

        var start = 0;
        while (start < text.Length && Contains(cutset, text, start, out var width))
        {
            start += width;
        }

        var end = text.Length;
        while (end > start)
        {
            var last = end - 1 > start && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? end - 2 : end - 1;
            if (!Contains(cutset, text, last, out _))
            {
                break;
            }

            end = last;
        }

        return text[start..end];
    }

    /// <summary><c>strings.SplitN</c>: an empty separator splits into characters; 0 gives nothing, below 0 everything.</summary>
    public static List<string> SplitN(string text, string separator, int count)
    {
        if (count == 0)
        {
            return [];
        }

        if (separator.Length == 0)
        {
            return Explode(text, count);
        }

        var parts = new List<string>();
        var start = 0;
        while (count < 0 || parts.Count < count - 1)
        {
            var at = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            parts.Add(text[start..at]);
            start = at + separator.Length;
        }

        parts.Add(text[start..]);
        return parts;
    }

    /// <summary><c>strings.ReplaceAll</c>: an empty text to replace stands before every character and at the end.</summary>
    public static string ReplaceAll(string text, string old, string replacement)
    {
        if (old.Length > 0)
        {
            return text.Replace(old, replacement, StringComparison.Ordinal);
        }

        var output = new StringBuilder(replacement);
        for (var i = 0; i < text.Length; i++)
        {
            output.Append(text[i]);
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                output.Append(replacement);
            }
        }

        return output.ToString();
    }

    /// <summary><c>strings.Title</c>: the first letter of every word, where anything but letters, digits and <c>_</c> parts words.</summary>
    public static string Title(string text)
    {
        var previous = new Rune(' ');
        return MapRunes(text, rune =>
        {
            var starts = IsSeparator(previous);
            previous = rune;
            return starts ? ToTitle(rune) : rune;
        });
    }

    /// <summary>Go's <c>text[start:end]</c>; <see langword="null"/> end means to the end. The error is the panic's text.</summary>
    public static string? Slice(string text, long start, long? end, out string? error)
    {
        var length = GoString.ByteLength(text);
        var stop = end ?? length;
        error = null;
        if (stop < 0 || stop > length)
        {
            error = stop < 0
                ? $"runtime error: slice bounds out of range [:{GoValue.Invariant(stop)}]"
                : $"runtime error: slice bounds out of range [:{GoValue.Invariant(stop)}] with length {GoValue.Invariant(length)}";
        }
        else if (start < 0)
        {
            error = $"runtime error: slice bounds out of range [{GoValue.Invariant(start)}:]";
        }
        else if (start > stop)
        {
            error = $"runtime error: slice bounds out of range [{GoValue.Invariant(start)}:{GoValue.Invariant(stop)}]";
        }

        return error is null ? GoString.Slice(text, (int)start, (int)stop) : null;
    }

    private static bool IsSeparator(Rune rune)
    {
        if (rune.IsAscii)
        {
            return !char.IsAsciiLetterOrDigit((char)rune.Value) && rune.Value != '_';
        }

        return !Rune.IsLetter(rune) && !Rune.IsDigit(rune) && IsSpace(rune);
    }

    private static bool Contains(string set, string text, int at, out int width)
    {
        width = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        return set.AsSpan().IndexOf(text.AsSpan(at, width)) >= 0;
    }

    private static List<string> Explode(string text, int count)
    {
        var parts = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            if (count > 0 && parts.Count == count - 1)
            {
                parts.Add(text[i..]);
                break;
            }

            var width = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
            parts.Add(text.Substring(i, width));
            i += width;
        }

        return parts;
    }
}

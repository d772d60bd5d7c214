using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>What the operators of a substitution do to a value. Lengths and positions count bytes, as Go's do.</summary>
internal static class VariableFunctions
{
    public static string Apply(string function, string value, IReadOnlyList<string> arguments) => function switch
    {
        "," => First(value, static r => Rune.ToLowerInvariant(r)),
        ",," => value.ToLowerInvariant(),
        "^" => First(value, static r => Rune.ToUpperInvariant(r)),
        "^^" => value.ToUpperInvariant(),
        "#" when arguments.Count == 0 => GoString.ByteLength(value).ToString(CultureInfo.InvariantCulture),
        "#" => RemoveShortest(value, arguments[0]),
        "##" => RemoveLongest(value, arguments[0]),
        "%" => Reverse(RemoveShortest(Reverse(value), Reverse(arguments[0]))),
        "%%" => Reverse(RemoveLongest(Reverse(value), Reverse(arguments[0]))),
        ":" => Substring(value, arguments),
        "/" => ReplaceFirst(value, arguments[0], arguments.Count > 1 ? arguments[1] : ""),
        "//" => value.Replace(arguments[0], arguments.Count > 1 ? arguments[1] : "", StringComparison.Ordinal),
        "/#" => arguments.Count == 2 && value.StartsWith(arguments[0], StringComparison.Ordinal) ? arguments[1] + value[arguments[0].Length..] : value,
        "/%" => arguments.Count == 2 && value.EndsWith(arguments[0], StringComparison.Ordinal) ? value[..^arguments[0].Length] + arguments[1] : value,
        _ => value.Length == 0 ? string.Concat(arguments) : value,
    };

    private static string First(string value, Func<Rune, Rune> change)
    {
        if (value.Length == 0 || Rune.DecodeFromUtf16(value, out var rune, out var length) != System.Buffers.OperationStatus.Done)
        {
            return value;
        }

        return change(rune) + value[length..];
    }

    private static string ReplaceFirst(string value, string old, string replacement)
    {
        var at = value.IndexOf(old, StringComparison.Ordinal);
        return at < 0 ? value : string.Concat(value.AsSpan(0, at), replacement, value.AsSpan(at + old.Length));
    }

    private static string Substring(string value, IReadOnlyList<string> arguments)
    {
        if (!int.TryParse(arguments[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var start))
        {
            return value;
        }

        var length = GoString.ByteLength(value);
        if (start < 0)
        {
            start = Math.Max(0, length + start);
        }

        if (arguments.Count == 1)
        {
            return start < length ? GoString.Slice(value, start, length) : "";
        }

        if (!int.TryParse(arguments[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
        {
            return value;
        }

        if ((long)start + count >= length)
        {
            return start < length ? GoString.Slice(value, start, length) : "";
        }

        return count < 0
            ? throw new SubstitutionException("bad substitution")
            : GoString.Slice(value, start, start + count);
    }

    private static string RemoveShortest(string value, string pattern)
    {
        for (var end = 1; end <= value.Length; end++)
        {
            if (ShellPattern.Matches(pattern, value[..end]))
            {
                return value[end..];
            }
        }

        return value;
    }

    private static string RemoveLongest(string value, string pattern)
    {
        for (var end = value.Length; end > 0; end--)
        {
            if (ShellPattern.Matches(pattern, value[..end]))
            {
                return value[end..];
            }
        }

        return value;
    }

    private static string Reverse(string value)
    {
        var runes = value.EnumerateRunes().ToArray();
        Array.Reverse(runes);
        var reversed = new StringBuilder(value.Length);
        foreach (var rune in runes)
        {
            reversed.Append(rune.ToString());
        }

        return reversed.ToString();
    }
}

using System.Text;
using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Functions;

/// <summary>Finds texts in texts; places are counted in characters.</summary>
internal static class TextSearch
{
    public static Value IndexOf(string text, string part, long offset)
    {
        if (part.Length == 0)
        {
            return new IntValue(offset);
        }

        if (offset < 0)
        {
            return OutOfRange(offset);
        }

        if (offset >= Runes.Count(text))
        {
            return new IntValue(-1);
        }

        var found = text.IndexOf(part, Runes.Offset(text, offset), StringComparison.Ordinal);
        return new IntValue(found < 0 ? -1 : Runes.Count(text[..found]));
    }

    /// <summary>The last place at or before the offset; from the end when there is no offset.</summary>
    public static Value LastIndexOf(string text, string part, long? offset)
    {
        var count = Runes.Count(text);
        if (part.Length == 0)
        {
            return new IntValue(offset ?? count);
        }

        if (offset is null && GoString.ByteLength(text) < GoString.ByteLength(part))
        {
            return new IntValue(-1);
        }

        var from = offset ?? count - 1;
        if (from < 0)
        {
            return OutOfRange(from);
        }

        if (from >= count)
        {
            return new IntValue(-1);
        }

        var start = Math.Min(from, count - Runes.Count(part));
        if (start < 0)
        {
            return new IntValue(-1);
        }

        var end = Math.Min(Runes.Offset(text, start) + part.Length, text.Length);
        var found = text[..end].LastIndexOf(part, StringComparison.Ordinal);
        return new IntValue(found < 0 ? -1 : Runes.Count(text[..found]));
    }

    /// <summary>Replaces the first <paramref name="count"/> parts, or all when it is less than zero.</summary>
    public static Value Replace(string text, string part, string replacement, long count)
    {
        if (count == 0 || part == replacement)
        {
            return new StringValue(text);
        }

        var result = new StringBuilder(text.Length);
        var at = 0;
        for (; count != 0; count--)
        {
            if (result.Length > WorkLimit.MaxLength)
            {
                return WorkLimit.Exceeded;
            }

            if (part.Length == 0)
            {
                result.Append(replacement);
                if (at >= text.Length)
                {
                    return new StringValue(result.ToString());
                }

                var width = Runes.Width(text, at);
                result.Append(text, at, width);
                at += width;
                continue;
            }

            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            result.Append(text, at, found - at).Append(replacement);
            at = found + part.Length;
        }

        return new StringValue(result.Append(text, at, text.Length - at).ToString());
    }

    /// <summary>The parts between separators, at most <paramref name="count"/>; all when it is less than zero.</summary>
    public static ListValue Split(string text, string separator, long count)
    {
        var list = new ListValue();
        if (count == 0)
        {
            return list;
        }

        var at = 0;
        while (at < text.Length || separator.Length > 0)
        {
            var isLast = list.Count + 1 == count;
            int end;
            if (separator.Length == 0)
            {
                end = at + Runes.Width(text, at);
            }
            else
            {
                end = text.IndexOf(separator, at, StringComparison.Ordinal);
            }

            if (isLast || end < 0)
            {
                list.Add(text[at..]);
                return list;
            }

            list.Add(text[at..end]);
            at = end + separator.Length;
        }

        return list;
    }

    private static CelError OutOfRange(long index) => new($"index out of range: {index}");
}

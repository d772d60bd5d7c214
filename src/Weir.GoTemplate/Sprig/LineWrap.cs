using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Masterminds/goutils: wrapping and shortening, which count bytes.</summary>
internal static class LineWrap
{
    /// <summary>Breaks a text at spaces so that lines hold at most so many bytes; <paramref name="breakWords"/> cuts longer words.</summary>
    public static string Wrap(string text, long width, string newline, bool breakWords)
    {
        var bytes = GoString.ToBytes(text);
        var separator = GoString.ToBytes(newline.Length == 0 ? "\n" : newline);
        var limit = (int)Math.Clamp(width, 1, int.MaxValue / 2);
        var output = new List<byte>(bytes.Length + 16);
        var at = 0;
        while (bytes.Length - at > limit)
        {
            if (bytes[at] == ' ')
            {
                at++;
                continue;
            }

            var space = bytes.AsSpan(at, limit + 1).LastIndexOf((byte)' ');
            if (space < 0 && !breakWords)
            {
                var next = bytes.AsSpan(at + limit).IndexOf((byte)' ');
                if (next < 0)
                {
                    output.AddRange(bytes.AsSpan(at));
                    at = bytes.Length;
                    continue;
                }

                space = limit + next;
            }

            output.AddRange(bytes.AsSpan(at, space < 0 ? limit : space));
            output.AddRange(separator);
            at += space < 0 ? limit : space + 1;
        }

        output.AddRange(bytes.AsSpan(at));
        return GoString.FromBytes([.. output]);
    }

    /// <summary>Cuts a text to so many bytes with <c>...</c> at the end, and at the start when it begins later.</summary>
    public static string Abbreviate(string text, long offset, long width)
    {
        var length = GoString.ByteLength(text);
        if (length == 0 || width < 4)
        {
            return "";
        }

        if (length <= width)
        {
            return text;
        }

        offset = Math.Min(offset, length);
        if (length - offset < width - 3)
        {
            offset = length - (width - 3);
        }

        if (offset <= 4)
        {
            return GoString.Slice(text, 0, (int)width - 3) + "...";
        }

        if (width < 7)
        {
            return "";
        }

        return offset + width - 3 < length
            ? "..." + Abbreviate(GoString.Slice(text, (int)offset, length), 0, width - 3)
            : "..." + GoString.Slice(text, (int)(length - (width - 3)), length);
    }
}

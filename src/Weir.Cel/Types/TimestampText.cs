using System.Globalization;

namespace Weir.Cel;

/// <summary>Reads and prints moments as Go's <c>time.RFC3339</c> does.</summary>
internal static class TimestampText
{
    /// <summary>Reads RFC 3339; <see langword="null"/> when the text is no moment.</summary>
    public static CelTimestamp? Parse(string text)
    {
        // 2006-01-02T15:04:05, a fraction, Z or an offset.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return null;
        }

        if (!TryNumber(text, 0, 4, out var year) || !TryNumber(text, 5, 2, out var month) || !TryNumber(text, 8, 2, out var day)
            || !TryNumber(text, 11, 2, out var hour) || !TryNumber(text, 14, 2, out var minute) || !TryNumber(text, 17, 2, out var second))
        {
            return null;
        }

        if (year is 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return null;
        }

        var at = 19;
        var nanoseconds = 0;
        if (text[at] is '.' or ',')
        {
            var start = ++at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            if (at == start)
            {
                return null;
            }

            nanoseconds = int.Parse(text.AsSpan(start, Math.Min(at - start, 9)).ToString().PadRight(9, '0'), CultureInfo.InvariantCulture);
        }

        if (ParseOffset(text.AsSpan(at)) is not { } offset)
        {
            return null;
        }

        var time = new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero);
        return new CelTimestamp(time.ToUnixTimeSeconds() - offset, nanoseconds, offset);
    }

    public static string Print(CelTimestamp time)
    {
        var local = time.Seconds + time.Offset;
        if (local is < CelTimestamp.MinSeconds or > CelTimestamp.MaxSeconds)
        {
            local = time.Seconds;
        }

        var text = DateTimeOffset.FromUnixTimeSeconds(local).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (time.Nanoseconds != 0)
        {
            text += "." + time.Nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        }

        if (time.Offset == 0)
        {
            return text + "Z";
        }

        var minutes = Math.Abs(time.Offset) / 60;
        return string.Create(CultureInfo.InvariantCulture, $"{text}{(time.Offset < 0 ? '-' : '+')}{minutes / 60:D2}:{minutes % 60:D2}");
    }

    private static int? ParseOffset(ReadOnlySpan<char> text)
    {
        if (text is "Z")
        {
            return 0;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !char.IsAsciiDigit(text[1]) || !char.IsAsciiDigit(text[2]) || !char.IsAsciiDigit(text[4]) || !char.IsAsciiDigit(text[5]))
        {
            return null;
        }

        var (hours, minutes) = (((text[1] - '0') * 10) + text[2] - '0', ((text[4] - '0') * 10) + text[5] - '0');
        return hours > 24 || minutes > 60 ? null : (text[0] == '-' ? -1 : 1) * ((hours * 3600) + (minutes * 60));
    }

    private static bool TryNumber(string text, int start, int length, out int number)
    {
        number = 0;
        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }

            number = (number * 10) + text[i] - '0';
        }

        return true;
    }
}

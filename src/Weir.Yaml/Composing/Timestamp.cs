using System.Globalization;
using System.Text;

namespace Weir.Yaml.Composing;

/// <summary>The dates and times that go-yaml takes a plain scalar for.</summary>
internal static class Timestamp
{
    public static bool IsTimestamp(ReadOnlySpan<char> text) => TryParse(text, out _);

    /// <summary>The time as Go's JSON writes it, in RFC 3339 with the fraction that is not zero.</summary>
    public static string ToRfc3339(ReadOnlySpan<char> text) =>
        TryParse(text, out var time) ? time.ToRfc3339() : throw new ArgumentException("Not a timestamp.", nameof(text));

    private static bool TryParse(ReadOnlySpan<char> text, out Parts parts)
    {
        parts = default;

        // yyyy-m-d
        if (text.Length < 8 || text[4] != '-' || !TryNumber(ref text, 4, 4, out parts.Year))
        {
            return false;
        }

        if (!TrySkip(ref text, '-') || !TryNumber(ref text, 1, 2, out parts.Month)
            || !TrySkip(ref text, '-') || !TryNumber(ref text, 1, 2, out parts.Day)
            || parts.Month is < 1 or > 12 || parts.Day < 1 || parts.Day > DaysInMonth(parts.Year, parts.Month))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            return true;
        }

        var needsZone = text[0] is 'T' or 't';
        if (needsZone)
        {
            text = text[1..];
        }
        else if (text[0] == ' ')
        {
            text = text.TrimStart(' ');
        }
        else
        {
            return false;
        }

        if (!TryNumber(ref text, 1, 2, out parts.Hour)
            || !TrySkip(ref text, ':') || !TryNumber(ref text, 1, 2, out parts.Minute)
            || !TrySkip(ref text, ':') || !TryNumber(ref text, 1, 2, out parts.Second)
            || parts.Hour > 23 || parts.Minute > 59 || parts.Second > 59)
        {
            return false;
        }

        parts.Fraction = ReadFraction(ref text);
        return needsZone ? TryZone(text, ref parts) : text.IsEmpty;
    }

    private static bool TryZone(ReadOnlySpan<char> text, ref Parts parts)
    {
        if (text is "Z")
        {
            return true;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':')
        {
            return false;
        }

        var isNegative = text[0] == '-';
        var hours = text[1..3];
        var minutes = text[4..6];
        if (!TryNumber(ref hours, 2, 2, out var hour) || !TryNumber(ref minutes, 2, 2, out var minute) || hour > 24 || minute > 60)
        {
            return false;
        }

        parts.OffsetMinutes = ((hour * 60) + minute) * (isNegative ? -1 : 1);
        return true;
    }

    /// <summary>Up to nine digits after a point or comma; what is beyond does not count.</summary>
    private static int ReadFraction(ref ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] is not ('.' or ',') || !char.IsAsciiDigit(text[1]))
        {
            return 0;
        }

        var i = 1;
        var nanoseconds = 0;
        for (var digits = 0; i < text.Length && char.IsAsciiDigit(text[i]); i++, digits++)
        {
            if (digits < 9)
            {
                nanoseconds = (nanoseconds * 10) + (text[i] - '0');
            }
        }

        for (var digits = i - 1; digits < 9; digits++)
        {
            nanoseconds *= 10;
        }

        text = text[i..];
        return nanoseconds;
    }

    private static bool TryNumber(ref ReadOnlySpan<char> text, int least, int most, out int number)
    {
        number = 0;
        var i = 0;
        while (i < most && i < text.Length && char.IsAsciiDigit(text[i]))
        {
            number = (number * 10) + (text[i++] - '0');
        }

        text = text[i..];
        return i >= least;
    }

    private static bool TrySkip(ref ReadOnlySpan<char> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
        {
            return false;
        }

        text = text[1..];
        return true;
    }

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private struct Parts
    {
        public int Year;
        public int Month;
        public int Day;
        public int Hour;
        public int Minute;
        public int Second;
        public int Fraction;
        public int OffsetMinutes;

        public readonly string ToRfc3339()
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}T{Hour:00}:{Minute:00}:{Second:00}");
            if (Fraction != 0)
            {
                text.Append('.').Append(Fraction.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0'));
            }

            if (OffsetMinutes == 0)
            {
                return text.Append('Z').ToString();
            }

            var minutes = Math.Abs(OffsetMinutes);
            return text
                .Append(OffsetMinutes < 0 ? '-' : '+')
                .Append(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}")
                .ToString();
        }
    }
}

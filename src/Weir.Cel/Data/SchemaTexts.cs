using System.Globalization;
using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>Texts of an object that stand for something else, as their schema's <c>format</c> says.</summary>
internal static class SchemaTexts
{
    private static readonly (string Name, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("nano", 1), ("us", 1_000), ("µs", 1_000), ("micro", 1_000), ("ms", 1_000_000), ("milli", 1_000_000),
        ("s", 1_000_000_000), ("sec", 1_000_000_000), ("m", 60_000_000_000), ("min", 60_000_000_000),
        ("h", 3_600_000_000_000), ("hr", 3_600_000_000_000), ("hour", 3_600_000_000_000), ("d", 86_400_000_000_000), ("day", 86_400_000_000_000),
        ("w", 604_800_000_000_000), ("wk", 604_800_000_000_000), ("week", 604_800_000_000_000),
    ];

    /// <summary>Go's notation, or numbers with the names of units: <c>3 days</c>.</summary>
    public static Value Duration(string text)
    {
        if (GoDuration.TryParse(text, out var duration))
        {
            return new CelDuration(duration.Nanoseconds);
        }

        var total = 0L;
        var found = false;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            var digits = at;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }

            var end = at;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            var unit = at;
            while (at < text.Length && (char.IsAsciiLetter(text[at]) || text[at] == 'µ'))
            {
                at++;
            }

            if (at > unit && UnitOf(text[unit..at].ToLowerInvariant()) is { } nanoseconds
                && long.TryParse(text.AsSpan(digits, end - digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                found = true;
                total = unchecked(total + (count * nanoseconds));
            }
        }

        return found ? new CelDuration(total) : new CelError($"Invalid duration {text}: unable to parse {text} as duration");
    }

    public static Value Date(string text) =>
        text.Length == 10 && TimestampText.Parse(text + "T00:00:00Z") is { } date ? date : Invalid("date", text, "2006-01-02");

    public static Value DateTime(string text) =>
        text.Length == 0 ? new CelTimestamp(CelTimestamp.MinSeconds, 0)
        : TimestampText.Parse(text) ?? Invalid("date-time", text, "2006-01-02T15:04:05.999999999Z07:00");

    public static Value Bytes(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length)
            ? new CelBytes(buffer[..length])
            : new CelError($"Invalid byte formatted string {text}: illegal base64 data at input byte {BadBase64(text)}");
    }

    private static Value Invalid(string kind, string text, string layout) =>
        new CelError($"Invalid {kind} formatted string {text}: parsing time {GoQuote.Quote(text)} as {GoQuote.Quote(layout)}: cannot parse {GoQuote.Quote(text)} as \"2006\"");

    private static int BadBase64(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '/'))
            {
                return i;
            }
        }

        return text.Length;
    }

    private static long? UnitOf(string unit)
    {
        foreach (var (name, nanoseconds) in Units)
        {
            if (unit == name || (name.Length > 2 && unit.StartsWith(name, StringComparison.Ordinal)))
            {
                return nanoseconds;
            }
        }

        return null;
    }
}

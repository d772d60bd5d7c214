using System.Globalization;

namespace Weir.Values;

/// <summary>Go's <c>time.Duration</c>: nanoseconds, read and printed as <c>1h2m3.5s</c>.</summary>
public readonly record struct GoDuration(long Nanoseconds) : IComparable<GoDuration>
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    private const long Minute = 60 * NanosecondsPerSecond;
    private const long Hour = 60 * Minute;

    public static GoDuration Zero => default;

    public static bool operator <(GoDuration left, GoDuration right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(GoDuration left, GoDuration right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(GoDuration left, GoDuration right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(GoDuration left, GoDuration right) => left.Nanoseconds >= right.Nanoseconds;

    public static GoDuration FromTimeSpan(TimeSpan span) => new(span.Ticks * TimeSpan.NanosecondsPerTick);

    /// <summary>Reads Go's notation: <c>300ms</c>, <c>-1.5h</c>, <c>2h45m</c>.</summary>
    public static bool TryParse(string text, out GoDuration duration) => TryParse(text, out duration, out _);

    /// <summary>Reads Go's notation; <paramref name="error"/> has Go's words and is empty on success.</summary>
    public static bool TryParse(string text, out GoDuration duration, out string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        duration = default;
        var invalid = $"time: invalid duration {GoQuote.Quote(text)}";
        error = invalid;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest.SequenceEqual("0"))
        {
            error = "";
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        UInt128 total = 0;
        while (!rest.IsEmpty)
        {
            if (rest[0] != '.' && !char.IsAsciiDigit(rest[0]))
            {
                return false;
            }

            var whole = TakeDigits(ref rest);
            var fraction = ReadOnlySpan<char>.Empty;
            if (rest.StartsWith("."))
            {
                rest = rest[1..];
                fraction = TakeDigits(ref rest);
            }

            if ((whole.IsEmpty && fraction.IsEmpty) || whole.TrimStart('0').Length > 19)
            {
                return false;
            }

            var unitLength = UnitLength(rest);
            if (unitLength == 0)
            {
                error = $"time: missing unit in duration {GoQuote.Quote(text)}";
                return false;
            }

            var unit = UnitOf(rest[..unitLength]);
            if (unit == 0)
            {
                error = $"time: unknown unit {GoQuote.Quote(rest[..unitLength].ToString())} in duration {GoQuote.Quote(text)}";
                return false;
            }

            total += Amount(whole, fraction, unit);
            if (total > (UInt128)long.MaxValue + 1)
            {
                return false;
            }

            rest = rest[unitLength..];
        }

        if (total > (UInt128)long.MaxValue && !negative)
        {
            return false;
        }

        error = "";
        duration = new GoDuration(negative ? (long)-(Int128)total : (long)total);
        return true;
    }

    /// <summary>The nearest multiple of a unit, halves away from zero; itself when the unit is not positive.</summary>
    public GoDuration Round(GoDuration unit)
    {
        if (unit.Nanoseconds <= 0)
        {
            return this;
        }

        var remainder = Nanoseconds % unit.Nanoseconds;
        var down = Nanoseconds - remainder;
        if (UInt128.CreateTruncating(Int128.Abs(remainder)) * 2 < (UInt128)unit.Nanoseconds)
        {
            return new GoDuration(down);
        }

        var rounded = (Int128)down + (Nanoseconds < 0 ? -unit.Nanoseconds : unit.Nanoseconds);
        return new GoDuration((long)Int128.Clamp(rounded, long.MinValue, long.MaxValue));
    }

    /// <summary>The multiple of a unit towards zero; itself when the unit is not positive.</summary>
    public GoDuration Truncate(GoDuration unit) =>
        unit.Nanoseconds <= 0 ? this : new GoDuration(Nanoseconds - (Nanoseconds % unit.Nanoseconds));

    /// <summary>The same span in .NET's ticks of 100 ns, towards zero.</summary>
    public TimeSpan ToTimeSpan() => new(Nanoseconds / TimeSpan.NanosecondsPerTick);

    public int CompareTo(GoDuration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Go's notation: <c>72h3m0.5s</c>, <c>1.5µs</c>, <c>0s</c>.</summary>
    public override string ToString()
    {
        if (Nanoseconds == 0)
        {
            return "0s";
        }

        var sign = Nanoseconds < 0 ? "-" : "";
        var magnitude = (ulong)Int128.Abs(Nanoseconds);
        if (magnitude < NanosecondsPerSecond)
        {
            var (unit, digits) = magnitude switch
            {
                < 1_000 => ("ns", 0),
                < 1_000_000 => ("µs", 3),
                _ => ("ms", 6),
            };
            return $"{sign}{WithFraction(magnitude, digits)}{unit}";
        }

        var seconds = WithFraction(magnitude % (ulong)Minute, 9);
        var minutes = magnitude / (ulong)Minute;
        if (minutes == 0)
        {
            return $"{sign}{seconds}s";
        }

        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes}m{seconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{minutes / 60}h{minutes % 60}m{seconds}s");
    }

    private static string WithFraction(ulong value, int digits)
    {
        var scale = (ulong)Math.Pow(10, digits);
        var whole = (value / scale).ToString(CultureInfo.InvariantCulture);
        var fraction = value % scale;
        return fraction == 0 ? whole : $"{whole}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0')}";
    }

    private static ReadOnlySpan<char> TakeDigits(scoped ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest : rest[..end];
        rest = rest[digits.Length..];
        return digits;
    }

    private static int UnitLength(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && rest[i] != '.' && !char.IsAsciiDigit(rest[i]))
        {
            i++;
        }

        return i;
    }

    private static long UnitOf(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => NanosecondsPerSecond,
        "m" => Minute,
        "h" => Hour,
        _ => 0,
    };

    private static UInt128 Amount(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, long unit)
    {
        var amount = whole.IsEmpty ? 0 : UInt128.Parse(whole, CultureInfo.InvariantCulture) * (UInt128)unit;
        if (fraction.IsEmpty)
        {
            return amount;
        }

        // As Go: the fraction in a float, cut to nanoseconds.
        var (number, scale) = (0L, 1.0);
        foreach (var digit in fraction)
        {
            if (number > (long.MaxValue / 10) - 1)
            {
                break;
            }

            number = (number * 10) + digit - '0';
            scale *= 10;
        }

        return amount + (UInt128)(number * (unit / scale));
    }
}

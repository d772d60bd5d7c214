using System.Globalization;
using System.Text;

namespace Weir.Flux;

/// <summary>A span of time as Go writes it: <c>1h30m</c>, <c>90s</c>, <c>500ms</c>.</summary>
public readonly record struct FluxDuration(TimeSpan Value) : IComparable<FluxDuration>
{
    /// <summary>Reads Go's notation. False when the text is not one or the span is too long to hold.</summary>
    public static bool TryParse(string text, out FluxDuration duration)
    {
        duration = default;
        var rest = text.AsSpan();
        var isNegative = false;
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            isNegative = rest[0] == '-';
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        decimal nanoseconds = 0;
        while (!rest.IsEmpty)
        {
            var digits = 0;
            while (digits < rest.Length && (char.IsAsciiDigit(rest[digits]) || rest[digits] == '.'))
            {
                digits++;
            }

            if (digits is 0 or > 20 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var letters = 0;
            while (letters < rest.Length && !char.IsAsciiDigit(rest[letters]) && rest[letters] != '.')
            {
                letters++;
            }

            decimal unit = rest[..letters] switch
            {
                "ns" => 1m,
                "us" or "µs" or "μs" => 1_000m,
                "ms" => 1_000_000m,
                "s" => 1_000_000_000m,
                "m" => 60_000_000_000m,
                "h" => 3_600_000_000_000m,
                _ => 0m,
            };
            if (unit == 0)
            {
                return false;
            }

            rest = rest[letters..];
            if (number > long.MaxValue / unit)
            {
                return false;
            }

            nanoseconds += decimal.Truncate(number * unit);
        }

        if (nanoseconds > long.MaxValue)
        {
            return false;
        }

        duration = new(TimeSpan.FromTicks((long)(nanoseconds / 100) * (isNegative ? -1 : 1)));
        return true;
    }

    public static implicit operator TimeSpan(FluxDuration duration) => duration.Value;

    public int CompareTo(FluxDuration other) => Value.CompareTo(other.Value);

    public static bool operator <(FluxDuration left, FluxDuration right) => left.Value < right.Value;

    public static bool operator >(FluxDuration left, FluxDuration right) => left.Value > right.Value;

    public static bool operator <=(FluxDuration left, FluxDuration right) => left.Value <= right.Value;

    public static bool operator >=(FluxDuration left, FluxDuration right) => left.Value >= right.Value;

    /// <summary>As Go's <c>Duration.String</c>: <c>1h0m0s</c>, <c>1.5s</c>, <c>250ms</c>, <c>0s</c>.</summary>
    public override string ToString()
    {
        var ticks = Math.Abs(Value.Ticks);
        var text = new StringBuilder(Value.Ticks < 0 ? "-" : "");
        if (ticks == 0)
        {
            return "0s";
        }

        if (ticks < TimeSpan.TicksPerMillisecond)
        {
            return text.Append(Fraction(ticks, TimeSpan.TicksPerMicrosecond)).Append("µs").ToString();
        }

        if (ticks < TimeSpan.TicksPerSecond)
        {
            return text.Append(Fraction(ticks, TimeSpan.TicksPerMillisecond)).Append("ms").ToString();
        }

        var hours = ticks / TimeSpan.TicksPerHour;
        var minutes = ticks / TimeSpan.TicksPerMinute % 60;
        if (hours > 0)
        {
            text.Append(hours).Append('h');
        }

        if (hours > 0 || minutes > 0)
        {
            text.Append(minutes).Append('m');
        }

        return text.Append(Fraction(ticks % TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    private static string Fraction(long ticks, long unit) =>
        ((decimal)ticks / unit).ToString("0.#########", CultureInfo.InvariantCulture);
}

using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Go's <c>time.Time</c>: an instant to the nanosecond and the zone it is looked at in. The default is Go's zero time.</summary>
public readonly record struct GoTimestamp
{
    private const long SecondsPerDay = 86_400;
    private const long UnixSecondsOfYear1 = -62_135_596_800;

    private readonly long _secondsSinceYear1;
    private readonly GoZone? _zone;

    public GoTimestamp(long unixSeconds, int nanosecond, GoZone zone)
    {
        _secondsSinceYear1 = unixSeconds - UnixSecondsOfYear1;
        Nanosecond = nanosecond;
        _zone = zone;
    }

    public long UnixSeconds => _secondsSinceYear1 + UnixSecondsOfYear1;

    public int Nanosecond { get; }

    public GoZone Zone => _zone ?? GoZone.Utc;

    public bool IsZero => _secondsSinceYear1 == 0 && Nanosecond == 0;

    public static GoTimestamp From(DateTimeOffset time, GoZone zone) => new(
        time.ToUnixTimeSeconds(),
        (int)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick),
        zone);

    /// <summary>The instant of a date and clock in a zone; values outside their ranges carry over, as Go's <c>time.Date</c>.</summary>
    public static GoTimestamp Of(long year, long month, long day, long hour, long minute, long second, long nanosecond, GoZone zone)
    {
        year += Math.DivRem(month - 1, 12, out var monthIndex);
        if (monthIndex < 0)
        {
            monthIndex += 12;
            year--;
        }

        second += FloorDivide(nanosecond, GoDuration.NanosecondsPerSecond, out var nanos);
        var days = DaysSinceEpoch(year, (int)monthIndex + 1, 1) + day - 1;
        var unix = (days * SecondsPerDay) + (hour * 3600) + (minute * 60) + second;

        // The offset that was right before the instant may have changed; two looks settle it.
        var offset = zone.At(unix - zone.At(unix).Offset).Offset;
        return new GoTimestamp(unix - offset, (int)nanos, zone);
    }

    public GoTimestamp In(GoZone zone) => new(UnixSeconds, Nanosecond, zone);

    public GoTimestamp Add(GoDuration duration)
    {
        var total = Nanosecond + (duration.Nanoseconds % GoDuration.NanosecondsPerSecond);
        var seconds = UnixSeconds + (duration.Nanoseconds / GoDuration.NanosecondsPerSecond) + FloorDivide(total, GoDuration.NanosecondsPerSecond, out var nanos);
        return new GoTimestamp(seconds, (int)nanos, Zone);
    }

    /// <summary>The time from another instant to this one, cut to what a duration can hold.</summary>
    public GoDuration Since(GoTimestamp other)
    {
        var difference = (((Int128)UnixSeconds - other.UnixSeconds) * GoDuration.NanosecondsPerSecond) + Nanosecond - other.Nanosecond;
        return new GoDuration((long)Int128.Clamp(difference, long.MinValue, long.MaxValue));
    }

    public int CompareTo(GoTimestamp other)
    {
        var order = UnixSeconds.CompareTo(other.UnixSeconds);
        return order != 0 ? order : Nanosecond.CompareTo(other.Nanosecond);
    }

    /// <summary>The fields of the calendar and the clock in the zone.</summary>
    public GoTimeFields Fields()
    {
        var (offset, abbreviation) = Zone.At(UnixSeconds);
        var local = UnixSeconds + offset;
        var days = FloorDivide(local, SecondsPerDay, out var clock);
        var (year, month, day) = CivilFromDays(days);
        return new GoTimeFields
        {
            Year = year,
            Month = month,
            Day = day,
            Hour = (int)(clock / 3600),
            Minute = (int)(clock / 60 % 60),
            Second = (int)(clock % 60),
            Nanosecond = Nanosecond,
            Weekday = (int)(((days % 7) + 11) % 7),
            YearDay = (int)(days - DaysSinceEpoch(year, 1, 1)) + 1,
            Offset = offset,
            Abbreviation = abbreviation,
        };
    }

    /// <summary>Formats by a reference layout such as <c>2006-01-02T15:04:05Z07:00</c>.</summary>
    public string Format(string layout) => GoTimeLayout.Format(this, layout);

    /// <summary>As Go's <c>String</c>: <c>2009-11-10 23:00:00 +0000 UTC</c>.</summary>
    public override string ToString() => Format("2006-01-02 15:04:05.999999999 -0700 MST");

    internal static long DaysSinceEpoch(long year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }

    private static (long Year, int Month, int Day) CivilFromDays(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = days - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1));
    }

    private static long FloorDivide(long value, long divisor, out long remainder)
    {
        var quotient = Math.DivRem(value, divisor, out remainder);
        if (remainder < 0)
        {
            remainder += divisor;
            quotient--;
        }

        return quotient;
    }
}

using System.Globalization;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>The parts of moments and durations.</summary>
internal static class TimeFunctions
{
    private const long Second = GoDuration.NanosecondsPerSecond;

    public static CelFunction[] All { get; } =
    [
        Part("getFullYear", "timestamp_to_year", t => t.Year),
        Part("getMonth", "timestamp_to_month", t => t.Month - 1),
        Part("getDayOfYear", "timestamp_to_day_of_year", t => t.DayOfYear - 1),
        Part("getDayOfMonth", "timestamp_to_day_of_month", t => t.Day - 1),
        Part("getDate", "timestamp_to_day_of_month_1_based", t => t.Day),
        Part("getDayOfWeek", "timestamp_to_day_of_week", t => (int)t.DayOfWeek),
        Part("getHours", "timestamp_to_hours", t => t.Hour, "duration_to_hours", 3600 * Second),
        Part("getMinutes", "timestamp_to_minutes", t => t.Minute, "duration_to_minutes", 60 * Second),
        Part("getSeconds", "timestamp_to_seconds", t => t.Second, "duration_to_seconds", Second),
        new(
            "getMilliseconds",
            Member("timestamp_to_milliseconds", [CelType.Timestamp], CelType.Int, a => Milliseconds(a[0])),
            Member(
                "timestamp_to_milliseconds_with_tz", [CelType.Timestamp, CelType.String], CelType.Int,
                a => In((CelTimestamp)a[0], ((StringValue)a[1]).Value, out _) is { } error ? error : Milliseconds(a[0])),
            Member("duration_to_milliseconds", [CelType.Duration], CelType.Int, a => new IntValue(((CelDuration)a[0]).Nanoseconds / 1_000_000))),
    ];

    private static CelFunction Part(string name, string id, Func<DateTimeOffset, int> part, string? durationId = null, long unit = 1)
    {
        CelOverload[] overloads =
        [
            Member(id, [CelType.Timestamp], CelType.Int, a => new IntValue(part(((CelTimestamp)a[0]).ToDateTime()))),
            Member(
                id + "_with_tz", [CelType.Timestamp, CelType.String], CelType.Int,
                a => In((CelTimestamp)a[0], ((StringValue)a[1]).Value, out var time) is { } error ? error : new IntValue(part(time))),
        ];
        return durationId is null
            ? new(name, overloads)
            : new(name, [.. overloads, Member(durationId, [CelType.Duration], CelType.Int, a => new IntValue(((CelDuration)a[0]).Nanoseconds / unit))]);
    }

    private static IntValue Milliseconds(Value time) => new(((CelTimestamp)time).Nanoseconds / 1_000_000);

    /// <summary>The moment in a time zone: a name, or hours and minutes such as <c>-08:00</c>.</summary>
    private static CelError? In(CelTimestamp moment, string zone, out DateTimeOffset time)
    {
        time = moment.ToDateTime();
        var colon = zone.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            if (zone.Length == 0 || zone == "UTC" || zone == "Local")
            {
                return null;
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info))
            {
                return new CelError($"unknown time zone {zone}");
            }

            time = Shift(time, info.GetUtcOffset(time));
            return null;
        }

        if (!TryNumber(zone[..colon], out var hours))
        {
            return Syntax(zone[..colon]);
        }

        if (!TryNumber(zone[(colon + 1)..], out var minutes))
        {
            return Syntax(zone[(colon + 1)..]);
        }

        time = Shift(time, TimeSpan.FromMinutes((hours * 60) + (zone[0] == '-' ? -minutes : minutes)));
        return null;
    }

    // Only the parts are read, so the zone itself need not be kept. The ends of time stay where they are.
    private static DateTimeOffset Shift(DateTimeOffset time, TimeSpan offset)
    {
        var ticks = Math.Clamp(time.Ticks + offset.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && Math.Abs((long)number) < 1_000_000;

    private static CelError Syntax(string text) => new($"strconv.Atoi: parsing {GoQuote.Quote(text)}: invalid syntax");
}

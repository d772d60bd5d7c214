using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Weir.ApiServer.Simulation;

/// <summary>A schedule in cron's five fields, with names, steps and the words that begin with @.</summary>
internal sealed class CronSchedule
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekdays;
    private readonly bool _anyDay;

    private CronSchedule(ulong minutes, ulong hours, ulong days, ulong months, ulong weekdays, bool anyDay)
    {
        (_minutes, _hours, _days, _months, _weekdays, _anyDay) = (minutes, hours, days, months, weekdays, anyDay);
    }

    /// <summary>False when the text is no schedule.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = null;
        var fields = (text.Trim() switch
        {
            "@yearly" or "@annually" => "0 0 1 1 *",
            "@monthly" => "0 0 1 * *",
            "@weekly" => "0 0 * * 0",
            "@daily" or "@midnight" => "0 0 * * *",
            "@hourly" => "0 * * * *",
            var other => other,
        }).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5
            || !Field(fields[0], 0, 59, [], out var minutes) || !Field(fields[1], 0, 23, [], out var hours) || !Field(fields[2], 1, 31, [], out var days)
            || !Field(fields[3], 1, 12, Months, out var months) || !Field(fields[4], 0, 7, Days, out var weekdays))
        {
            return false;
        }

        weekdays |= weekdays >> 7 & 1;
        var anyDay = fields[2][0] is '*' or '?' || fields[4][0] is '*' or '?';
        schedule = new CronSchedule(minutes, hours, days, months, weekdays, anyDay);
        return true;
    }

    /// <summary>The first time after this one; absent when there is none within eight years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var time = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        var limit = time.AddYears(8);
        while (time < limit)
        {
            if (!Has(_months, time.Month))
            {
                time = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Unspecified).AddMonths(1);
            }
            else if (!IsDay(time))
            {
                time = time.Date.AddDays(1);
            }
            else if (!Has(_hours, time.Hour))
            {
                time = time.Date.AddHours(time.Hour + 1);
            }
            else if (!Has(_minutes, time.Minute) || zone.IsInvalidTime(time))
            {
                time = time.AddMinutes(1);
            }
            else
            {
                return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
            }
        }

        return null;
    }

    /// <summary>When both days are given, either will do.</summary>
    private bool IsDay(DateTime time) => _anyDay
        ? Has(_days, time.Day) && Has(_weekdays, (int)time.DayOfWeek)
        : Has(_days, time.Day) || Has(_weekdays, (int)time.DayOfWeek);

    private static bool Has(ulong set, int number) => (set >> number & 1) == 1;

    private static bool Field(string text, int low, int high, string[] names, out ulong set)
    {
        set = 0;
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var r] => (r, 1),
                [var r, var s] when int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 => (r, n),
                _ => ("", 0),
            };
            if (step == 0)
            {
                return false;
            }

            var (first, last) = (low, high);
            if (range is not ("*" or "?"))
            {
                var ends = range.Split('-');
                if (ends.Length > 2 || !Number(ends[0], low, names, out first) || !Number(ends[^1], low, names, out last))
                {
                    return false;
                }

                last = ends.Length == 1 && part.Contains('/', StringComparison.Ordinal) ? high : last;
            }

            if (first < low || last > high || first > last)
            {
                return false;
            }

            for (var number = first; number <= last; number += step)
            {
                set |= 1ul << number;
            }
        }

        return true;
    }

    private static bool Number(string text, int low, string[] names, out int number)
    {
        var named = Array.FindIndex(names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        number = named + low;
        return named >= 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

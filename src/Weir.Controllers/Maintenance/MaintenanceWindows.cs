using System.Globalization;

namespace Weir.Controllers;

/// <summary>
/// When an object may be changed, as an annotation says it: <c>Mon-Fri 22:00-04:00 Europe/Berlin; Sat,Sun 00:00-24:00</c>. Without a
/// zone the hours are UTC, without days they are those of every day.
/// </summary>
internal sealed class MaintenanceWindows
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly List<MaintenanceWindow> _windows;

    private MaintenanceWindows(List<MaintenanceWindow> windows) => _windows = windows;

    /// <summary>Reads the text; the second answer is what is wrong with it.</summary>
    public static (MaintenanceWindows? Windows, string? Mistake) Parse(string text)
    {
        var windows = new List<MaintenanceWindow>();
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (window, mistake) = ParseOne(part);
            if (window is null)
            {
                return (null, $"'{part}' is no maintenance window: {mistake}; write for example 'Mon-Fri 22:00-04:00 Europe/Berlin'");
            }

            windows.Add(window);
        }

        return windows.Count == 0 ? (null, "there is no maintenance window in it; write for example 'Mon-Fri 22:00-04:00 Europe/Berlin'") : (new(windows), null);
    }

    public bool IsOpen(DateTimeOffset now) => _windows.Exists(w => w.IsOpen(now));

    /// <summary>When the first of them opens next.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset now) => _windows.Min(w => w.NextOpening(now));

    private static (MaintenanceWindow? Window, string Mistake) ParseOne(string text)
    {
        var words = new List<string>(text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var days = 0b1111111;
        if (words.Count > 0 && !char.IsAsciiDigit(words[0][0]))
        {
            if (ParseDays(words[0]) is not { } found)
            {
                return (null, $"'{words[0]}' names no days");
            }

            days = found;
            words.RemoveAt(0);
        }

        if (words.Count is 0 or > 2)
        {
            return (null, "it needs hours, and after them at most a time zone");
        }

        var hours = words[0].Split('-');
        if (hours.Length != 2 || ParseTime(hours[0]) is not { } start || ParseTime(hours[1]) is not { } end || start == end || start == TimeSpan.FromDays(1))
        {
            return (null, $"'{words[0]}' names no hours");
        }

        var zone = TimeZoneInfo.Utc;
        return words.Count == 2 && !TimeZoneInfo.TryFindSystemTimeZoneById(words[1], out zone!)
            ? (null, $"'{words[1]}' is no time zone")
            : (new(days, start, end, zone), "");
    }

    private static int? ParseDays(string text)
    {
        var days = 0;
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var first = DayOf(ends[0]);
            var last = DayOf(ends[^1]);
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return null;
            }

            for (var day = first; ; day = (day + 1) % 7)
            {
                days |= 1 << day;
                if (day == last)
                {
                    break;
                }
            }
        }

        return days;
    }

    private static int DayOf(string name) => Array.FindIndex(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static TimeSpan? ParseTime(string text) => text == "24:00"
        ? TimeSpan.FromDays(1)
        : TimeSpan.TryParseExact(text, @"h\:mm", CultureInfo.InvariantCulture, out var time) ? time : null;
}

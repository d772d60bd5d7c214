namespace Weir.Controllers;

/// <summary>Days and hours of a week in a time zone. A window that ends before it starts goes on into the next day.</summary>
/// <param name="Days">Bit 0 is Sunday.</param>
/// <param name="Start">From this time of day.</param>
/// <param name="End">Up to this time of day; 24 hours means midnight.</param>
/// <param name="Zone">Whose days and hours.</param>
internal sealed record MaintenanceWindow(int Days, TimeSpan Start, TimeSpan End, TimeZoneInfo Zone)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>True when the window is open.</summary>
    public bool IsOpen(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var time = local.TimeOfDay;
        return End > Start
            ? Has(local.DayOfWeek) && time >= Start && time < End
            : (Has(local.DayOfWeek) && time >= Start) || (Has((DayOfWeek)(((int)local.DayOfWeek + 6) % 7)) && time < End);
    }

    /// <summary>When it opens next after a time at which it is closed.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        for (var ahead = 0; ; ahead++)
        {
            var opening = local.Date + Day * ahead + Start;
            if (!Has(opening.DayOfWeek))
            {
                continue;
            }

            // An hour that a change of the clock leaves out opens with the first one that exists.
            while (Zone.IsInvalidTime(opening))
            {
                opening += TimeSpan.FromMinutes(15);
            }

            var instant = new DateTimeOffset(opening, Zone.GetUtcOffset(opening));
            if (instant > now)
            {
                return instant;
            }
        }
    }

    private bool Has(DayOfWeek day) => (Days & (1 << (int)day)) != 0;
}

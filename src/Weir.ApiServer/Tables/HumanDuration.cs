using System.Globalization;

namespace Weir.ApiServer.Tables;

/// <summary>Ages as kubectl shows them: <c>5s</c>, <c>3m20s</c>, <c>2d4h</c>.</summary>
internal static class HumanDuration
{
    public static string Since(string? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? Format(now - then) : "<unknown>";

    public static string Format(TimeSpan span)
    {
        var seconds = (long)Math.Floor(span.TotalSeconds);
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 60 * 2 => Text($"{seconds}s"),
            < 60 * 10 => Two(minutes, "m", seconds % 60, "s"),
            < 60 * 60 * 3 => Text($"{minutes}m"),
            < 60 * 60 * 8 => Two(hours, "h", minutes % 60, "m"),
            < 60 * 60 * 48 => Text($"{hours}h"),
            < 60 * 60 * 24 * 8 => Two(days, "d", hours % 24, "h"),
            < 60L * 60 * 24 * 365 * 2 => Text($"{days}d"),
            < 60L * 60 * 24 * 365 * 8 => Two(days / 365, "y", days % 365, "d"),
            _ => Text($"{days / 365}y"),
        };
    }

    private static string Two(long major, string majorUnit, long minor, string minorUnit) =>
        minor == 0 ? Text($"{major}{majorUnit}") : Text($"{major}{majorUnit}{minor}{minorUnit}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

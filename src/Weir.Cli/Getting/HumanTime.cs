using System.Globalization;

namespace Weir.Cli.Getting;

/// <summary>How long ago something was, in few letters, as kubectl prints ages.</summary>
internal static class HumanTime
{
    public static string Since(string? time, DateTimeOffset now) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var parsed) ? Of(now - parsed) : "<unknown>";

    public static string Of(TimeSpan age)
    {
        var seconds = (long)age.TotalSeconds;
        if (seconds < -1)
        {
            return "<invalid>";
        }

        var text = CultureInfo.InvariantCulture;
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        return seconds switch
        {
            < 0 => "0s",
            < 120 => $"{seconds.ToString(text)}s",
            < 600 when seconds % 60 == 0 => $"{minutes.ToString(text)}m",
            < 600 => $"{minutes.ToString(text)}m{(seconds % 60).ToString(text)}s",
            < 10_800 => $"{minutes.ToString(text)}m",
            < 28_800 when minutes % 60 == 0 => $"{hours.ToString(text)}h",
            < 28_800 => $"{hours.ToString(text)}h{(minutes % 60).ToString(text)}m",
            < 172_800 => $"{hours.ToString(text)}h",
            < 691_200 when hours % 24 == 0 => $"{days.ToString(text)}d",
            < 691_200 => $"{days.ToString(text)}d{(hours % 24).ToString(text)}h",
            < 63_072_000 => $"{days.ToString(text)}d",
            _ when days % 365 == 0 => $"{(days / 365).ToString(text)}y",
            < 252_288_000 => $"{(days / 365).ToString(text)}y{(days % 365).ToString(text)}d",
            _ => $"{(days / 365).ToString(text)}y",
        };
    }
}

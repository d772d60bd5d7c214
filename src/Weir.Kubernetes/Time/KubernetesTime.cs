using System.Globalization;

namespace Weir.Kubernetes;

/// <summary>Moments as objects write them: RFC 3339, whole seconds in UTC (<c>2026-01-31T12:00:00Z</c>), micro times with six digits.</summary>
public static class KubernetesTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string FormatMicro(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>False when the text is no such moment.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length < 20 || text[^1] is not 'Z' and not (>= '0' and <= '9'))
        {
            return false;
        }

        // Nanoseconds are more than .NET keeps.
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var end = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') + point + 1;
        var trimmed = point > 0 && end - point > 8 ? text.Remove(point + 8, end - point - 8) : text;
        return DateTimeOffset.TryParseExact(trimmed, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}

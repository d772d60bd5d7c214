using System.Globalization;

namespace Weir.Flux;

/// <summary>Times as <c>metav1.Time</c> writes them: RFC 3339 in UTC, whole seconds.</summary>
public static class FluxTime
{
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

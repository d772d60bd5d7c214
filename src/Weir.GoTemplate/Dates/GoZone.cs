using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Go's <c>*time.Location</c>: a name, and for every instant an offset from UTC with its abbreviation.</summary>
public sealed class GoZone
{
    private const long UnixSecondsOfYear1 = -62_135_596_800;
    private const long UnixSecondsOfYear9999 = 253_402_300_799;

    private readonly TimeZoneInfo? _zone;
    private readonly string _abbreviation;
    private readonly int _offset;

    private GoZone(string name, TimeZoneInfo? zone, string abbreviation, int offset)
    {
        Name = name;
        _zone = zone;
        _abbreviation = abbreviation;
        _offset = offset;
    }

    public static GoZone Utc { get; } = new("UTC", null, "UTC", 0);

    public string Name { get; }

    /// <summary>A zone that never changes; its abbreviation may be empty.</summary>
    public static GoZone Fixed(string abbreviation, int offsetSeconds) => new(abbreviation, null, abbreviation, offsetSeconds);

    /// <summary>What Go calls <c>Local</c>, being this zone.</summary>
    public static GoZone Local(TimeZoneInfo zone) => new("Local", zone, "", 0);

    /// <summary>A zone by its name in the time zone database; "" is UTC. <see langword="null"/> when there is none.</summary>
    public static GoZone? Find(string name)
    {
        if (name is "" or "UTC")
        {
            return Utc;
        }

        var isName = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '/') && !name.StartsWith('/');
        return isName && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? new GoZone(name, zone, "", 0) : null;
    }

    /// <summary>The offset in seconds east of UTC at an instant, and its abbreviation.</summary>
    public (int Offset, string Abbreviation) At(long unixSeconds)
    {
        if (_zone is null)
        {
            return (_offset, _abbreviation);
        }

        var instant = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unixSeconds, UnixSecondsOfYear1, UnixSecondsOfYear9999));
        var offset = (int)_zone.GetUtcOffset(instant).TotalSeconds;
        var name = _zone.IsDaylightSavingTime(instant) ? _zone.DaylightName : _zone.StandardName;
        return (offset, name.Length is > 0 and <= 5 && !name.Contains(' ', StringComparison.Ordinal) ? name : offset == 0 ? "UTC" : Numeric(offset));
    }

    private static string Numeric(int offset)
    {
        var minutes = Math.Abs(offset) / 60;
        var text = $"{(offset < 0 ? '-' : '+')}{minutes / 60:00}";
        return minutes % 60 == 0 ? text : $"{text}{minutes % 60:00}";
    }
}

namespace Weir.GoTemplate;

/// <summary>A timestamp taken apart in its zone.</summary>
public sealed record GoTimeFields
{
    public long Year { get; init; }

    /// <summary>From 1.</summary>
    public int Month { get; init; }

    public int Day { get; init; }

    public int Hour { get; init; }

    public int Minute { get; init; }

    public int Second { get; init; }

    public int Nanosecond { get; init; }

    /// <summary>Sunday is 0.</summary>
    public int Weekday { get; init; }

    /// <summary>From 1.</summary>
    public int YearDay { get; init; }

    /// <summary>Seconds east of UTC.</summary>
    public int Offset { get; init; }

    /// <summary>The zone's name at that time, such as <c>CET</c>; may be empty.</summary>
    public string Abbreviation { get; init; } = "";
}

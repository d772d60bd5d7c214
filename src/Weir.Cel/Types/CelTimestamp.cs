using Weir.Values;

namespace Weir.Cel;

/// <summary>A moment: whole seconds since 1970 and nanoseconds, with the offset in which it was written.</summary>
public sealed class CelTimestamp(long seconds, int nanoseconds, int offset = 0) : CelValue
{
    /// <summary>The first moment of year 1.</summary>
    public const long MinSeconds = -62_135_596_800;

    /// <summary>The last second of year 9999.</summary>
    public const long MaxSeconds = 253_402_300_799;

    public long Seconds { get; } = seconds;

    public int Nanoseconds { get; } = nanoseconds;

    /// <summary>Seconds east of Greenwich; only how the moment is written depends on it.</summary>
    public int Offset { get; } = offset;

    public override CelType Type => CelType.Timestamp;

    /// <summary>Whole seconds in UTC.</summary>
    internal DateTimeOffset ToDateTime() => DateTimeOffset.FromUnixTimeSeconds(Seconds);

    public override bool Equals(Value? other) => other is CelTimestamp t && t.Seconds == Seconds && t.Nanoseconds == Nanoseconds;

    public override int GetHashCode() => HashCode.Combine(Seconds, Nanoseconds);

    public override Value ToPlain() => ToString();

    /// <summary>RFC 3339 with as many digits as needed.</summary>
    public override string ToString() => TimestampText.Print(this);
}

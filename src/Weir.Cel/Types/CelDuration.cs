using Weir.Values;

namespace Weir.Cel;

/// <summary>A span of time in nanoseconds.</summary>
public sealed class CelDuration(long nanoseconds) : CelValue
{
    public long Nanoseconds { get; } = nanoseconds;

    public override CelType Type => CelType.Duration;

    public override bool Equals(Value? other) => other is CelDuration d && d.Nanoseconds == Nanoseconds;

    public override int GetHashCode() => Nanoseconds.GetHashCode();

    public override Value ToPlain() => ToString();

    /// <summary>Seconds with the letter s, as CEL turns durations into strings.</summary>
    public override string ToString() => GoFloat.Format(Seconds, 'f', -1) + "s";

    /// <summary>Seconds as Go counts them: whole seconds and the rest apart.</summary>
    private double Seconds => (Nanoseconds / GoDuration.NanosecondsPerSecond) + ((Nanoseconds % GoDuration.NanosecondsPerSecond) / 1e9);
}

using Weir.Values;

namespace Weir.Cel.Functions;

/// <summary>Arithmetic with cel-go's errors. A method answers <see langword="null"/> when it knows nothing of the left value.</summary>
internal static class Arithmetic
{
    private static readonly CelError DivisionByZero = new("division by zero");
    private static readonly CelError ModulusByZero = new("modulus by zero");
    private static readonly CelError IntOverflow = new("integer overflow");
    private static readonly CelError UintOverflow = new("unsigned integer overflow");
    private static readonly CelError DurationOverflow = new("duration overflow");

    public static CelError TimestampOverflow { get; } = new("timestamp overflow");

    public static Value Int(Int128 value) => value < long.MinValue || value > long.MaxValue ? IntOverflow : new IntValue((long)value);

    public static Value Uint(Int128 value) => value < 0 || value > ulong.MaxValue ? UintOverflow : IntValue.FromUnsigned((ulong)value);

    /// <summary>A double as a whole number of the type int, or an error when it does not fit.</summary>
    public static Value ToInt(double value) => double.IsNaN(value) || value <= long.MinValue || value >= long.MaxValue ? IntOverflow : new IntValue((long)value);

    /// <summary>A double as a whole number of the type uint, or an error when it does not fit.</summary>
    public static Value ToUint(double value) => double.IsNaN(value) || value < 0 || value >= 18446744073709551616.0 ? UintOverflow : IntValue.FromUnsigned((ulong)value);

    public static Value Duration(Int128 nanoseconds) =>
        nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? DurationOverflow : new CelDuration((long)nanoseconds);

    public static Value Timestamp(CelTimestamp time, Int128 nanoseconds)
    {
        var total = ((Int128)time.Seconds * GoDuration.NanosecondsPerSecond) + time.Nanoseconds + nanoseconds;
        var (seconds, rest) = Int128.DivRem(total, GoDuration.NanosecondsPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += GoDuration.NanosecondsPerSecond;
        }

        return seconds < CelTimestamp.MinSeconds || seconds > CelTimestamp.MaxSeconds
            ? TimestampOverflow
            : new CelTimestamp((long)seconds, (int)rest, time.Offset);
    }

    public static Value? Subtract(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => Int((Int128)a.Value - b.Value),
        (IntValue { IsUnsigned: true } a, IntValue { IsUnsigned: true } b) => Uint((Int128)a.UnsignedValue - b.UnsignedValue),
        (FloatValue a, FloatValue b) => new FloatValue(a.Value - b.Value),
        (CelDuration a, CelDuration b) => Duration((Int128)a.Nanoseconds - b.Nanoseconds),
        (CelTimestamp a, CelDuration b) => Timestamp(a, -(Int128)b.Nanoseconds),
        (CelTimestamp a, CelTimestamp b) =>
            Duration(((Int128)(a.Seconds - b.Seconds) * GoDuration.NanosecondsPerSecond) + a.Nanoseconds - b.Nanoseconds),
        (IntValue or FloatValue or CelDuration or CelTimestamp, _) => CelError.NoSuchOverload,
        _ => null,
    };

    public static Value? Multiply(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => Int((Int128)a.Value * b.Value),
        (IntValue { IsUnsigned: true } a, IntValue { IsUnsigned: true } b) =>
            Math.BigMul(a.UnsignedValue, b.UnsignedValue, out var low) == 0 ? IntValue.FromUnsigned(low) : UintOverflow,
        (FloatValue a, FloatValue b) => new FloatValue(a.Value * b.Value),
        (IntValue or FloatValue, _) => CelError.NoSuchOverload,
        _ => null,
    };

    public static Value? Divide(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false }, IntValue { IsUnsigned: false, Value: 0 }) => DivisionByZero,
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => Int((Int128)a.Value / b.Value),
        (IntValue { IsUnsigned: true }, IntValue { IsUnsigned: true, Value: 0 }) => DivisionByZero,
        (IntValue { IsUnsigned: true } a, IntValue { IsUnsigned: true } b) => IntValue.FromUnsigned(a.UnsignedValue / b.UnsignedValue),
        (FloatValue a, FloatValue b) => new FloatValue(a.Value / b.Value),
        (IntValue or FloatValue, _) => CelError.NoSuchOverload,
        _ => null,
    };

    public static Value? Modulo(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false }, IntValue { IsUnsigned: false, Value: 0 }) => ModulusByZero,
        (IntValue { IsUnsigned: false, Value: long.MinValue }, IntValue { IsUnsigned: false, Value: -1 }) => IntOverflow,
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => new IntValue(a.Value % b.Value),
        (IntValue { IsUnsigned: true }, IntValue { IsUnsigned: true, Value: 0 }) => ModulusByZero,
        (IntValue { IsUnsigned: true } a, IntValue { IsUnsigned: true } b) => IntValue.FromUnsigned(a.UnsignedValue % b.UnsignedValue),
        (IntValue, _) => CelError.NoSuchOverload,
        _ => null,
    };

    public static Value? Negate(Value value) => value switch
    {
        IntValue { IsUnsigned: false } i => Int(-(Int128)i.Value),
        FloatValue f => new FloatValue(-f.Value),
        CelDuration d => Duration(-(Int128)d.Nanoseconds),
        BoolValue => CelError.NoSuchOverload,
        _ => null,
    };
}

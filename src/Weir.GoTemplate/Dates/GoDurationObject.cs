using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A <c>time.Duration</c> as templates see it: a number with methods, printed as <c>1h0m0s</c>.</summary>
public sealed class GoDurationObject(GoDuration value) : GoObject
{
    public GoDuration Value { get; } = value;

    public override ReflectType Type => ReflectType.Duration;

    public override Value Underlying { get; } = new IntValue(value.Nanoseconds);

    public override string ToText() => Value.ToString();

    public override bool Equals(Value? other) => other is GoDurationObject duration && duration.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "Nanoseconds" => Int64(name, Value.Nanoseconds),
        "Microseconds" => Int64(name, Value.Nanoseconds / 1_000),
        "Milliseconds" => Int64(name, Value.Nanoseconds / 1_000_000),
        "Seconds" => Float(name, 1e9),
        "Minutes" => Float(name, 60e9),
        "Hours" => Float(name, 3600e9),
        "String" => new(name, "func() string", (_, _) => Value.ToString()),
        "Abs" => new(name, "func() time.Duration", (_, _) =>
            new GoDurationObject(new GoDuration(Value.Nanoseconds == long.MinValue ? long.MaxValue : Math.Abs(Value.Nanoseconds)))),
        "Round" => new(name, "func(time.Duration) time.Duration", (_, a) => new GoDurationObject(Value.Round(new GoDuration(a.Int(0))))),
        "Truncate" => new(name, "func(time.Duration) time.Duration", (_, a) => new GoDurationObject(Value.Truncate(new GoDuration(a.Int(0))))),
        _ => null,
    };

    private static TemplateFunction Int64(string name, long number) => new(name, "func() int64", (_, _) => number);

    private TemplateFunction Float(string name, double unit)
    {
        // As Go: whole units and the rest apart, so that large durations keep their fraction.
        var whole = Value.Nanoseconds / (long)unit;
        var rest = Value.Nanoseconds % (long)unit;
        return new(name, "func() float64", (_, _) => whole + (rest / unit));
    }
}

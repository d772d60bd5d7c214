using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A <c>time.Time</c> as templates see it, with its methods. YAML and JSON write it as RFC 3339.</summary>
public sealed class GoTime(GoTimestamp value) : GoObject
{
    private static readonly ReflectType MonthType = ReflectType.Named("time.Month", ReflectKind.Int);
    private static readonly ReflectType WeekdayType = ReflectType.Named("time.Weekday", ReflectKind.Int);
    private static readonly Signature MonthSignature = new([], isVariadic: false, MonthType);
    private static readonly Signature WeekdaySignature = new([], isVariadic: false, WeekdayType);

    public GoTimestamp Value { get; } = value;

    public override ReflectType Type => ReflectType.Time;

    public override string ToText() => Value.ToString();

    public override Value ToPlain() => Value.Format(GoTimeLayout.Rfc3339Nano);

    public override bool Equals(Value? other) =>
        other is GoTime time && time.Value.CompareTo(Value) == 0 && time.Value.Zone.Name == Value.Zone.Name;

    public override int GetHashCode() => Value.UnixSeconds.GetHashCode();

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "Year" => Int(name, f => f.Year),
        "Month" => new(name, MonthSignature, (_, _) => new NamedNumber(MonthType, Value.Fields().Month, GoTimeLayout.MonthNames[Value.Fields().Month - 1])),
        "Day" => Int(name, f => f.Day),
        "Hour" => Int(name, f => f.Hour),
        "Minute" => Int(name, f => f.Minute),
        "Second" => Int(name, f => f.Second),
        "Nanosecond" => Int(name, f => f.Nanosecond),
        "YearDay" => Int(name, f => f.YearDay),
        "Weekday" => new(name, WeekdaySignature, (_, _) => new NamedNumber(WeekdayType, Value.Fields().Weekday, GoTimeLayout.WeekdayNames[Value.Fields().Weekday])),
        "Unix" => Int64(name, Value.UnixSeconds),
        "UnixMilli" => Int64(name, (Value.UnixSeconds * 1_000) + (Value.Nanosecond / 1_000_000)),
        "UnixMicro" => Int64(name, (Value.UnixSeconds * 1_000_000) + (Value.Nanosecond / 1_000)),
        "UnixNano" => Int64(name, unchecked((Value.UnixSeconds * GoDuration.NanosecondsPerSecond) + Value.Nanosecond)),
        "IsZero" => new(name, "func() bool", (_, _) => Value.IsZero),
        "Format" => new(name, "func(string) string", (_, a) => Value.Format(a.String(0))),
        "String" => new(name, "func() string", (_, _) => Value.ToString()),
        "UTC" => new(name, "func() time.Time", (_, _) => new GoTime(Value.In(GoZone.Utc))),
        "Local" => new(name, "func() time.Time", (c, _) => new GoTime(Value.In(GoZone.Local(c.Host.LocalZone)))),
        "Add" => new(name, "func(time.Duration) time.Time", (_, a) => new GoTime(Value.Add(new GoDuration(a.Int(0))))),
        "Sub" => new(name, "func(time.Time) time.Duration", (_, a) => new GoDurationObject(Value.Since(Other(a)))),
        "AddDate" => new(name, "func(int, int, int) time.Time", (_, a) => new GoTime(AddDate(a.Int(0), a.Int(1), a.Int(2)))),
        "After" => Comparison(name, order => order > 0),
        "Before" => Comparison(name, order => order < 0),
        "Equal" => Comparison(name, order => order == 0),
        "Compare" => new(name, "func(time.Time) int", (_, a) => new IntValue(Value.CompareTo(Other(a)), IntegerType.Int)),
        "Truncate" => new(name, "func(time.Duration) time.Time", (_, a) => new GoTime(Rounded(a.Int(0), halfUp: false))),
        "Round" => new(name, "func(time.Duration) time.Time", (_, a) => new GoTime(Rounded(a.Int(0), halfUp: true))),
        _ => null,
    };

    private static GoTimestamp Other(Arguments arguments) => ((GoTime)arguments[0]).Value;

    private static TemplateFunction Int64(string name, long number) => new(name, "func() int64", (_, _) => number);

    private TemplateFunction Int(string name, Func<GoTimeFields, long> field) =>
        new(name, "func() int", (_, _) => new IntValue(field(Value.Fields()), IntegerType.Int));

    private TemplateFunction Comparison(string name, Func<int, bool> holds) =>
        new(name, "func(time.Time) bool", (_, a) => holds(Value.CompareTo(Other(a))));

    private GoTimestamp AddDate(long years, long months, long days)
    {
        var f = Value.Fields();
        return GoTimestamp.Of(f.Year + years, f.Month + months, f.Day + days, f.Hour, f.Minute, f.Second, f.Nanosecond, Value.Zone);
    }

    /// <summary>To a multiple of a duration since Go's zero time.</summary>
    private GoTimestamp Rounded(long unit, bool halfUp)
    {
        if (unit <= 0)
        {
            return Value;
        }

        var sinceZero = (((Int128)Value.UnixSeconds - default(GoTimestamp).UnixSeconds) * GoDuration.NanosecondsPerSecond) + Value.Nanosecond;
        var remainder = (long)(((sinceZero % unit) + unit) % unit);
        var up = halfUp && remainder >= unit - remainder;
        return Value.Add(new GoDuration(up ? unit - remainder : -remainder));
    }
}

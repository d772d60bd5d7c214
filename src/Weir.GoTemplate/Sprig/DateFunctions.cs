using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Dates. The time is that of the host; what is no date counts as now, as in sprig.</summary>
internal static class DateFunctions
{
    private const string HtmlLayout = "2006-01-02";

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("now", "func() time.Time", static (c, _) => new GoTime(Now(c))),
        new("date", "func(string, interface {}) string", static (c, a) => InZone(c, a.String(0), a[1], "Local")),
        .. Both("dateInZone", "date_in_zone", "func(string, interface {}, string) string", static (c, a) =>
            InZone(c, a.String(0), a[1], a.String(2))),
        new("htmlDate", "func(interface {}) string", static (c, a) => InZone(c, HtmlLayout, a[0], "Local")),
        new("htmlDateInZone", "func(interface {}, string) string", static (c, a) => InZone(c, HtmlLayout, a[0], a.String(1))),
        .. Both("dateModify", "date_modify", "func(string, time.Time) time.Time", static (_, a) =>
            GoDuration.TryParse(a.String(0), out var duration) ? new GoTime(Time(a[1]).Add(duration)) : a[1]),
        .. Both("mustDateModify", "must_date_modify", "func(string, time.Time) (time.Time, error)", static (c, a) =>
            GoDuration.TryParse(a.String(0), out var duration, out var error) ? new GoTime(Time(a[1]).Add(duration)) : c.Fail(error)),
        new("toDate", "func(string, string) time.Time", static (c, a) =>
            GoTimeLayout.TryParse(a.String(0), a.String(1), Local(c), out var time, out _) ? new GoTime(time) : new GoTime(default)),
        new("mustToDate", "func(string, string) (time.Time, error)", static (c, a) =>
            GoTimeLayout.TryParse(a.String(0), a.String(1), Local(c), out var time, out var error) ? new GoTime(time) : c.Fail(error)),
        new("unixEpoch", "func(time.Time) string", static (_, a) => GoValue.Invariant(Time(a[0]).UnixSeconds)),
        new("ago", "func(interface {}) string", static (c, a) =>
            Now(c).Since(TimeOf(c, a[0], takesInt32: false)).Round(new GoDuration(GoDuration.NanosecondsPerSecond)).ToString()),
        new("duration", "func(interface {}) string", static (_, a) => Duration(a[0])),
        new("durationRound", "func(interface {}) string", static (c, a) => RoundedDuration(c, a[0])),
    ]);

    private static IEnumerable<TemplateFunction> Both(string name, string otherName, string signature, FunctionBody body)
    {
        var function = new TemplateFunction(name, signature, body);
        return [function, function.As(otherName)];
    }

    private static GoZone Local(CallContext context) => GoZone.Local(context.Host.LocalZone);

    private static GoTimestamp Now(CallContext context) => GoTimestamp.From(context.Host.Now, Local(context));

    private static GoTimestamp Time(Value value) => ((GoTime)value).Value;

    private static string InZone(CallContext context, string layout, Value date, string zone)
    {
        var target = zone == "Local" ? Local(context) : GoZone.Find(zone) ?? GoZone.Utc;
        return TimeOf(context, date, takesInt32: true).In(target).Format(layout);
    }

    private static GoTimestamp TimeOf(CallContext context, Value value, bool takesInt32) => value switch
    {
        GoTime time => time.Value,
        GoObject { Target: GoTime time } => time.Value,
        IntValue { Type: IntegerType.Int64 or IntegerType.Int } seconds => new GoTimestamp(seconds.Value, 0, Local(context)),
        IntValue { Type: IntegerType.Int32 } seconds when takesInt32 => new GoTimestamp(seconds.Value, 0, Local(context)),
        _ => Now(context),
    };

    private static string Duration(Value value)
    {
        var seconds = value switch
        {
            StringValue text => GoNumber.TryParseInt(text.Value, 10, out var number, out var isOutOfRange) || isOutOfRange ? number : 0,
            IntValue { Type: IntegerType.Int64 } number => number.Value,
            _ => 0,
        };
        return new GoDuration(unchecked(seconds * GoDuration.NanosecondsPerSecond)).ToString();
    }

    private static string RoundedDuration(CallContext context, Value value)
    {
        var duration = value switch
        {
            StringValue text => GoDuration.TryParse(text.Value, out var parsed) ? parsed : default,
            IntValue { Type: IntegerType.Int64 } number => new GoDuration(number.Value),
            GoTime time => Now(context).Since(time.Value),
            _ => default,
        };
        var seconds = (ulong)(Int128.Abs(duration.Nanoseconds) / GoDuration.NanosecondsPerSecond);
        var isExact = duration.Nanoseconds % GoDuration.NanosecondsPerSecond == 0;
        foreach (var (unit, name) in (ReadOnlySpan<(ulong, string)>)
            [(365 * 86_400, "y"), (30 * 86_400, "mo"), (86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")])
        {
            // sprig wants more than one unit, not one.
            if (seconds > unit || (seconds == unit && !isExact))
            {
                return GoValue.Invariant((long)(seconds / unit)) + name;
            }
        }

        return "0s";
    }
}

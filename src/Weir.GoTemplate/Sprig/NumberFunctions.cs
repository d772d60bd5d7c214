using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Numbers: casting, whole and decimal arithmetic, rounding, sequences.</summary>
internal static class NumberFunctions
{
    /// <summary>The most elements that <c>until</c> and its kin make.</summary>
    private const long MaxElements = 1_000_000;

    private delegate GoDecimal DecimalOperation(GoDecimal left, GoDecimal right);

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("atoi", "func(string) int", static (_, a) => GoValue.Int(Atoi(a.String(0)))),
        new("int64", "func(interface {}) int64", static (_, a) => GoCast.ToInt64(a[0])),
        new("int", "func(interface {}) int", static (_, a) => GoValue.Int(GoCast.ToInt64(a[0]))),
        new("float64", "func(interface {}) float64", static (_, a) => GoCast.ToFloat64(a[0])),
        new("toDecimal", "func(interface {}) int64", static (_, a) =>
            GoNumber.TryParseInt(GoFormat.Sprint(a[0]), 8, out var number, out bool _) ? number : 0),
        new("add1", "func(interface {}) int64", static (_, a) => unchecked(GoCast.ToInt64(a[0]) + 1)),
        new("add", "func(...interface {}) int64", static (_, a) => Fold(0, a.From(0), static (x, y) => unchecked(x + y))),
        new("sub", "func(interface {}, interface {}) int64", static (_, a) => unchecked(GoCast.ToInt64(a[0]) - GoCast.ToInt64(a[1]))),
        new("div", "func(interface {}, interface {}) int64", static (c, a) => Divide(c, a, remainder: false)),
        new("mod", "func(interface {}, interface {}) int64", static (c, a) => Divide(c, a, remainder: true)),
        new("mul", "func(interface {}, ...interface {}) int64", static (_, a) =>
            Fold(GoCast.ToInt64(a[0]), a.From(1), static (x, y) => unchecked(x * y))),
        new("add1f", "func(interface {}) float64", static (c, a) => Decimal(c, GoCast.ToFloat64(a[0]), [1.0], static (x, y) => x + y)),
        new("addf", "func(...interface {}) float64", static (c, a) => Decimal(c, 0, a.From(0), static (x, y) => x + y)),
        new("subf", "func(interface {}, ...interface {}) float64", static (c, a) =>
            Decimal(c, GoCast.ToFloat64(a[0]), a.From(1), static (x, y) => x - y)),
        new("divf", "func(interface {}, ...interface {}) float64", DivideDecimals),
        new("mulf", "func(interface {}, ...interface {}) float64", static (c, a) =>
            Decimal(c, GoCast.ToFloat64(a[0]), a.From(1), static (x, y) => x * y)),
        new("biggest", "func(interface {}, ...interface {}) int64", static (_, a) => Fold(GoCast.ToInt64(a[0]), a.From(1), Math.Max)),
        new("max", "func(interface {}, ...interface {}) int64", static (_, a) => Fold(GoCast.ToInt64(a[0]), a.From(1), Math.Max)),
        new("min", "func(interface {}, ...interface {}) int64", static (_, a) => Fold(GoCast.ToInt64(a[0]), a.From(1), Math.Min)),
        new("maxf", "func(interface {}, ...interface {}) float64", static (_, a) => FoldFloats(a, Math.Max)),
        new("minf", "func(interface {}, ...interface {}) float64", static (_, a) => FoldFloats(a, Math.Min)),
        new("ceil", "func(interface {}) float64", static (_, a) => Math.Ceiling(GoCast.ToFloat64(a[0]))),
        new("floor", "func(interface {}) float64", static (_, a) => Math.Floor(GoCast.ToFloat64(a[0]))),
        new("round", "func(interface {}, int, ...float64) float64", static (_, a) =>
            Round(GoCast.ToFloat64(a[0]), a.Int(1), a.Count > 2 ? a.Float(2) : 0.5)),
        new("until", "func(int) []int", static (c, a) => Until(c, 0, a.Int(0), a.Int(0) < 0 ? -1 : 1)),
        new("untilStep", "func(int, int, int) []int", static (c, a) => Until(c, a.Int(0), a.Int(1), a.Int(2))),
        new("seq", "func(...int) string", Sequence),
    ]);

    private static long Atoi(string text)
    {
        // What is too large is cut to the largest number, as strconv.Atoi does beside its error.
        GoNumber.TryParseInt(text, 10, out var number, out _);
        return number;
    }

    private static long Fold(long start, ReadOnlySpan<Value> values, Func<long, long, long> operation)
    {
        foreach (var value in values)
        {
            start = operation(start, GoCast.ToInt64(value));
        }

        return start;
    }

    private static double FoldFloats(Arguments arguments, Func<double, double, double> operation)
    {
        var result = GoCast.ToFloat64(arguments[0]);
        foreach (var value in arguments.From(1))
        {
            result = operation(result, GoCast.ToFloat64(value));
        }

        return result;
    }

    private static Value? Divide(CallContext context, Arguments arguments, bool remainder)
    {
        var (left, right) = (GoCast.ToInt64(arguments[0]), GoCast.ToInt64(arguments[1]));
        return right switch
        {
            0 => context.Fail("runtime error: integer divide by zero"),

            // The one quotient that overflows.
            -1 => remainder ? 0L : unchecked(-left),
            _ => remainder ? left % right : left / right,
        };
    }

    private static Value? DivideDecimals(CallContext context, Arguments arguments)
    {
        foreach (var value in arguments.From(1))
        {
            if (GoCast.ToFloat64(value) == 0)
            {
                return context.Fail("decimal division by 0");
            }
        }

        return Decimal(context, GoCast.ToFloat64(arguments[0]), arguments.From(1), static (x, y) => x / y);
    }

    private static Value? Decimal(CallContext context, double start, ReadOnlySpan<Value> values, DecimalOperation operation)
    {
        if (!double.IsFinite(start))
        {
            return NoDecimal(context, start);
        }

        var result = GoDecimal.FromFloat(start);
        foreach (var value in values)
        {
            var number = GoCast.ToFloat64(value);
            if (!double.IsFinite(number))
            {
                return NoDecimal(context, number);
            }

            result = operation(result, GoDecimal.FromFloat(number));
        }

        return result.ToFloat();
    }

    private static Value? NoDecimal(CallContext context, double number) =>
        context.Fail($"Cannot create a Decimal from {(double.IsNaN(number) ? "NaN" : GoFloat.Format(number, 'g', -1))}");

    private static double Round(double value, long places, double roundOn)
    {
        var power = PowerOfTen(places);
        var digits = power * value;
        var fraction = digits - Math.Truncate(digits);
        return (fraction >= roundOn ? Math.Ceiling(digits) : Math.Floor(digits)) / power;
    }

    private static double PowerOfTen(long exponent)
    {
        if (Math.Abs(exponent) > 22)
        {
            return Math.Pow(10, exponent);
        }

        var power = 1.0;
        for (var i = 0; i < Math.Abs(exponent); i++)
        {
            power *= 10;
        }

        return exponent < 0 ? 1 / power : power;
    }

    private static Value? Until(CallContext context, long start, long stop, long step)
    {
        var numbers = Numbers(start, stop, step);
        return numbers is null ? TooMany(context) : numbers;
    }

    private static Value? TooMany(CallContext context) => context.Fail($"more than {GoValue.Invariant(MaxElements)} elements");

    /// <summary>The numbers from start to before stop, none when the step leads away; <see langword="null"/> when they are too many.</summary>
    private static ListValue? Numbers(long start, long stop, long step)
    {
        var numbers = new ListValue { ElementType = ElementType.Int };
        if (step == 0 || stop < start != step < 0)
        {
            return numbers;
        }

        var distance = step > 0 ? (UInt128)((Int128)stop - start) : (UInt128)((Int128)start - stop);
        var stride = step > 0 ? (UInt128)step : (UInt128)(-(Int128)step);
        var count = (distance + stride - 1) / stride;
        if (count > (UInt128)MaxElements)
        {
            return null;
        }

        for (var i = 0L; i < (long)count; i++)
        {
            numbers.Add(GoValue.Int(start + (i * step)));
        }

        return numbers;
    }

    private static Value? Sequence(CallContext context, Arguments arguments)
    {
        var (start, step, end) = arguments.Count switch
        {
            1 => (1L, arguments.Int(0) < 1 ? -1L : 1L, arguments.Int(0)),
            2 => (arguments.Int(0), arguments.Int(1) < arguments.Int(0) ? -1L : 1L, arguments.Int(1)),
            3 => (arguments.Int(0), arguments.Int(1), arguments.Int(2)),
            _ => (0L, 0L, 0L),
        };
        if (arguments.Count is 0 or > 3 || (end < start && step > 0))
        {
            return StringValue.Empty;
        }

        return Numbers(start, end + (end < start ? -1 : 1), step) is { } numbers
            ? string.Join(' ', numbers)
            : TooMany(context);
    }
}

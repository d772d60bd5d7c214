using System.Globalization;
using System.Text;
using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary><c>text.format([…])</c>, with the letters of C's printf and English numbers.</summary>
internal static class StringFormatting
{
    private const int DefaultPrecision = 6;
    private const int MaxPrecision = 10_000;

    public static CelFunction[] All { get; } =
    [
        new("format", Member("string_format_list_string", [CelType.String, CelType.List(CelType.Dyn)], CelType.String, a =>
            Format(((StringValue)a[0]).Value, (IReadOnlyList<Value>)a[1]))),
    ];

    /// <summary>What a clause says of a type that it does not take.</summary>
    public static string Misuse(char letter, string type) => letter switch
    {
        'd' => $"decimal clause can only be used on integers, was given {type}",
        'f' => $"fixed-point clause can only be used on doubles, was given {type}",
        'e' => $"scientific clause can only be used on doubles, was given {type}",
        'b' => $"only integers and bools can be formatted as binary, was given {type}",
        'o' => $"octal clause can only be used on integers, was given {type}",
        's' => $"string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps, was given {type}",
        _ => $"only integers, byte buffers, and strings can be formatted as hex, was given {type}",
    };

    private static Value Format(string format, IReadOnlyList<Value> arguments)
    {
        var output = new StringBuilder(format.Length);
        var next = 0;
        for (var i = 0; i < format.Length;)
        {
            if (output.Length > WorkLimit.MaxLength)
            {
                return WorkLimit.Exceeded;
            }

            if (format[i] != '%')
            {
                output.Append(format[i++]);
                continue;
            }

            if (i + 1 < format.Length && format[i + 1] == '%')
            {
                output.Append('%');
                i += 2;
                continue;
            }

            if (next >= arguments.Count)
            {
                return new CelError($"index {next} out of range");
            }

            if (i + 1 >= format.Length)
            {
                return new CelError("unexpected end of string");
            }

            var (length, error) = FormatClause.Read(format.AsSpan(i + 1), out var clause);
            if (error is not null)
            {
                return new CelError(error);
            }

            var argument = arguments[next++];
            if (clause.Precision > MaxPrecision || argument is CelError)
            {
                return argument as CelError ?? WorkLimit.Exceeded;
            }

            if (Append(output, clause, argument) is { } failure)
            {
                return failure == WorkLimit.Exceeded.Message ? WorkLimit.Exceeded : new CelError($"error during formatting: {failure}");
            }

            i += 1 + length;
        }

        return new StringValue(output.ToString());
    }

    /// <summary>Appends one argument; answers why not.</summary>
    private static string? Append(StringBuilder output, FormatClause clause, Value value)
    {
        switch (clause.Letter)
        {
            case 's':
                return AppendText(output, value);
            case 'd' when value is IntValue:
                output.Append(value);
                return null;
            case 'f' when Double(value) is { } number:
                output.Append(English(number, clause.Precision ?? DefaultPrecision));
                return null;
            case 'e' when Double(value) is { } number:
                output.Append(Scientific(number, clause.Precision ?? DefaultPrecision));
                return null;
            case 'b' when value is BoolValue b:
                output.Append(b.Value ? '1' : '0');
                return null;
            case 'b' when value is IntValue i:
                output.Append(InBase(i, 2));
                return null;
            case 'o' when value is IntValue i:
                output.Append(InBase(i, 8));
                return null;
            case 'x' or 'X' when value is IntValue i:
                output.Append(Cased(clause.Letter, InBase(i, 16)));
                return null;
            case 'x' or 'X' when value is StringValue s:
                output.Append(Cased(clause.Letter, Convert.ToHexStringLower(GoString.ToBytes(s.Value))));
                return null;
            case 'x' or 'X' when value is CelBytes bytes:
                output.Append(Cased(clause.Letter, Convert.ToHexStringLower(bytes.Value.Span)));
                return null;
            default:
                return Misuse(clause.Letter, TypeNames.Of(value));
        }
    }

    private static double? Double(Value value) => value switch
    {
        FloatValue f => f.Value,
        StringValue { Value: "NaN" } => double.NaN,
        StringValue { Value: "Infinity" } => double.PositiveInfinity,
        StringValue { Value: "-Infinity" } => double.NegativeInfinity,
        _ => null,
    };

    private static string Cased(char letter, string hex) => letter == 'X' ? hex.ToUpperInvariant() : hex;

    private static string InBase(IntValue value, int radix)
    {
        var isNegative = !value.IsUnsigned && value.Value < 0;
        var rest = isNegative ? (UInt128)(-(Int128)value.Value) : value.UnsignedValue;
        var digits = "";
        do
        {
            digits = "0123456789abcdef"[(int)(rest % (uint)radix)] + digits;
            rest /= (uint)radix;
        }
        while (rest > 0);

        return isNegative ? "-" + digits : digits;
    }

    /// <summary>Digits in groups of three.</summary>
    private static string English(double number, int precision)
    {
        if (!double.IsFinite(number))
        {
            return Special(number);
        }

        var text = GoFloat.Format(number, 'f', precision);
        var start = text[0] == '-' ? 1 : 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        for (var i = (point < 0 ? text.Length : point) - 3; i > start; i -= 3)
        {
            text = text.Insert(i, ",");
        }

        return text;
    }

    private static string Scientific(double number, int precision)
    {
        if (!double.IsFinite(number))
        {
            return Special(number);
        }

        var text = GoFloat.Format(number, 'e', precision);
        var e = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = new StringBuilder();
        foreach (var c in text.AsSpan(e + 1))
        {
            exponent.Append(c == '-' ? "⁻" : c == '+' ? "" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0'].ToString());
        }

        return $"{text[..e]}\u202f×\u202f10{exponent}";
    }

    private static string Special(double number) => double.IsNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";

    private static string? AppendText(StringBuilder output, Value value)
    {
        switch (value)
        {
            case NullValue:
                output.Append("null");
                return null;
            case IReadOnlyList<Value> list:
                return AppendList(output, list);
            case IntValue or FloatValue or BoolValue or StringValue or CelTimestamp or CelBytes or CelDuration or CelTypeValue:
                if (ConversionFunctions.ToText(value) is not StringValue text)
                {
                    return $"could not convert argument {GoQuote.Quote(value.ToString() ?? "")} to string";
                }

                output.Append(text.Value);
                return null;
            default:
                return MapView.TryOf(value, out var map) ? AppendMap(output, map) : Misuse('s', TypeNames.Of(value));
        }
    }

    /// <summary>A value within a list or map.</summary>
    private static string? AppendMember(StringBuilder output, Value value)
    {
        if (!WorkLimit.Take() || output.Length > WorkLimit.MaxLength)
        {
            return WorkLimit.Exceeded.Message;
        }

        switch (value)
        {
            case StringValue s:
                output.Append(GoQuote.Quote(s.Value));
                return null;
            case CelBytes bytes:
                output.Append('b').Append(GoQuote.Quote(GoString.FromBytes(bytes.Value.Span)));
                return null;
            case FloatValue f:
                output.Append(double.IsFinite(f.Value) ? GoFloat.Format(f.Value, 'f', DefaultPrecision) : double.IsNaN(f.Value) ? "\"NaN\"" : f.Value > 0 ? "\"+Inf\"" : "\"-Inf\"");
                return null;
            case CelTimestamp:
                output.Append(CultureInfo.InvariantCulture, $"timestamp({GoQuote.Quote(value.ToString()!)})");
                return null;
            case CelDuration:
                output.Append(CultureInfo.InvariantCulture, $"duration({GoQuote.Quote(value.ToString()!)})");
                return null;
            case CelError error:
                return error.Message;
            case NullValue or IntValue or BoolValue or CelTypeValue or IReadOnlyList<Value> or MapValue or CelMap:
                return AppendText(output, value);
            default:
                return $"no formatting function for {TypeNames.Of(value)}";
        }
    }

    private static string? AppendList(StringBuilder output, IReadOnlyList<Value> list)
    {
        output.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            output.Append(i == 0 ? "" : ", ");
            if (AppendMember(output, list[i]) is { } error)
            {
                return error;
            }
        }

        output.Append(']');
        return null;
    }

    private static string? AppendMap(StringBuilder output, MapView map)
    {
        var entries = new List<(string Key, string Value)>(map.Count);
        for (var i = 0; i < map.Count; i++)
        {
            var key = map.KeyAt(i);
            if (key is not (StringValue or BoolValue or IntValue))
            {
                return $"no formatting function for map key of type {TypeNames.Of(key)}";
            }

            var text = new StringBuilder();
            if (!map.TryFind(key, out var value))
            {
                return $"could not find key: {GoQuote.Quote(key.ToString() ?? "")}";
            }

            if (AppendMember(text, value) is { } error)
            {
                return error;
            }

            entries.Add((key is StringValue s ? GoQuote.Quote(s.Value) : key.ToString()!, text.ToString()));
        }

        entries.Sort((x, y) => GoString.Compare(x.Key, y.Key));
        output.Append('{').AppendJoin(", ", entries.Select(e => $"{e.Key}:{e.Value}")).Append('}');
        return null;
    }
}

using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>Go's package <c>fmt</c> over values.</summary>
public static class GoFormat
{
    /// <summary><c>fmt.Sprintf</c>, with its error forms such as <c>%!d(string=x)</c>.</summary>
    public static string Sprintf(string format, params ReadOnlySpan<Value> arguments)
    {
        var printer = new ValuePrinter();
        new FormatReader(printer, format, arguments).Print();
        return printer.ToString();
    }

    /// <summary><c>fmt.Sprint</c>: spaces only between operands of which neither is a string.</summary>
    public static string Sprint(params ReadOnlySpan<Value> arguments)
    {
        if (arguments is [StringValue only])
        {
            return only.Value;
        }

        var printer = new ValuePrinter();
        var afterString = true;
        foreach (var argument in arguments)
        {
            var isString = argument is StringValue or GoObject { Underlying: StringValue };
            if (!isString && !afterString)
            {
                printer.Buffer.Write(' ');
            }

            printer.Print(argument, 'v');
            afterString = isString;
        }

        return printer.ToString();
    }

    /// <summary><c>fmt.Sprintln</c>: spaces always, and a line break at the end.</summary>
    public static string Sprintln(params ReadOnlySpan<Value> arguments)
    {
        var printer = new ValuePrinter();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
            {
                printer.Buffer.Write(' ');
            }

            printer.Print(arguments[i], 'v');
        }

        printer.Buffer.Write('\n');
        return printer.ToString();
    }

    /// <summary>What <c>%v</c> prints.</summary>
    public static string ToText(Value? value)
    {
        switch (value)
        {
            case null or NullValue:
                return "<nil>";
            case StringValue or BoolValue or IntValue or FloatValue:
                return value.ToString()!;
        }

        var printer = new ValuePrinter();
        printer.Print(value, 'v');
        return printer.ToString();
    }

    /// <summary>What <c>%T</c> prints: <c>map[string]interface {}</c>, <c>&lt;nil&gt;</c>.</summary>
    public static string TypeName(Value? value) => ReflectType.Of(value)?.Name ?? "<nil>";

    /// <summary>False for functions and channels, which templates refuse to print.</summary>
    internal static bool IsPrintable(GoObject value) =>
        value.Type.Kind is not (ReflectKind.Func or ReflectKind.Chan) || value.ToText() is not null;

    /// <summary>What a template prints for a pointer: what it points to, unless the pointer prints itself.</summary>
    internal static Value Indirect(Value value)
    {
        while (value is GoObject { Type.Kind: ReflectKind.Pointer, Target: { } target } pointer && pointer.ToText() is null)
        {
            value = target;
        }

        return value;
    }
}

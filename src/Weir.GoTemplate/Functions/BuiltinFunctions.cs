using System.Globalization;
using System.Text;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Go's own template functions.</summary>
internal static class BuiltinFunctions
{
    /// <summary>The evaluator runs this itself, since it need not evaluate all arguments.</summary>
    public static TemplateFunction And { get; } = new("and", "func(reflect.Value, ...reflect.Value) reflect.Value", (_, a) => a[0]);

    /// <summary>The evaluator runs this itself, since it need not evaluate all arguments.</summary>
    public static TemplateFunction Or { get; } = new("or", "func(reflect.Value, ...reflect.Value) reflect.Value", (_, a) => a[0]);

    public static TemplateFunction Call { get; } =
        new("call", "func(reflect.Value, ...reflect.Value) (reflect.Value, error)", CallFunction.Call);

    public static FunctionTable Create() => FunctionTable.Create(
        And,
        Or,
        Call,
        new("not", "func(reflect.Value) bool", (_, a) => !Truth.IsTrue(Valid(a[0]))),
        new("len", "func(reflect.Value) (int, error)", IndexFunctions.Len),
        new("index", "func(reflect.Value, ...reflect.Value) (reflect.Value, error)", IndexFunctions.Index),
        new("slice", "func(reflect.Value, ...reflect.Value) (reflect.Value, error)", IndexFunctions.Slice),
        new("print", "func(...any) string", (_, a) => GoFormat.Sprint(a.From(0))),
        new("printf", "func(string, ...any) string", (_, a) => GoFormat.Sprintf(a.String(0), a.From(1))),
        new("println", "func(...any) string", (_, a) => GoFormat.Sprintln(a.From(0))),
        new("html", "func(...any) string", (_, a) => EscapeFunctions.Html(TextOf(a))),
        new("js", "func(...any) string", (_, a) => EscapeFunctions.JavaScript(TextOf(a))),
        new("urlquery", "func(...any) string", (_, a) => EscapeFunctions.UrlQuery(TextOf(a))),
        new("eq", "func(reflect.Value, ...reflect.Value) (bool, error)", Comparison.Equal),
        new("ne", "func(reflect.Value, reflect.Value) (bool, error)", Comparison.NotEqual),
        new("lt", "func(reflect.Value, reflect.Value) (bool, error)", Comparison.Less),
        new("le", "func(reflect.Value, reflect.Value) (bool, error)", Comparison.LessOrEqual),
        new("gt", "func(reflect.Value, reflect.Value) (bool, error)", Comparison.Greater),
        new("ge", "func(reflect.Value, reflect.Value) (bool, error)", Comparison.GreaterOrEqual));

    /// <summary>The value that a parameter of type <c>reflect.Value</c> holds: <see langword="null"/> for none and for a nil interface.</summary>
    public static Value? Valid(Value value) => 
        value is NoValue or NullValue or GoNil { Type.Kind: ReflectKind.Interface } ? null : value;

    private static string TextOf(Arguments arguments)
    {
        if (arguments.Count == 1 && arguments[0] is StringValue only)
        {
            return only.Value;
        }

        var values = new Value[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i] is NullValue ? new StringValue("<no value>") : GoFormat.Indirect(arguments[i]);
        }

        return GoFormat.Sprint(values);
    }
}

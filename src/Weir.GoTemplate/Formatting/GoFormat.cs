using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>Go's package <c>fmt</c> over values.</summary>
public static class GoFormat
{
    /// <summary><c>fmt.Sprintf</c>, with its error forms such as <c>%!d(string=x)</c>.</summary>
    public static string Sprintf(string format, params ReadOnlySpan<Value> arguments) => throw new NotImplementedException();

    /// <summary><c>fmt.Sprint</c>: spaces only between operands of which neither is a string.</summary>
    public static string Sprint(params ReadOnlySpan<Value> arguments) => throw new NotImplementedException();

    /// <summary><c>fmt.Sprintln</c>: spaces always, and a line break at the end.</summary>
    public static string Sprintln(params ReadOnlySpan<Value> arguments) => throw new NotImplementedException();

    /// <summary>What <c>%v</c> prints.</summary>
    public static string ToText(Value? value) => throw new NotImplementedException();

    /// <summary>What <c>%T</c> prints: <c>map[string]interface {}</c>, <c>&lt;nil&gt;</c>.</summary>
    public static string TypeName(Value? value) => ReflectType.Of(value)?.Name ?? "<nil>";
}

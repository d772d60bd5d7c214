using System.Globalization;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>
/// The language of <c>--set</c>: <c>a.b=1,list[0].name=x,more={a,b}</c>. Every method lays what a text says over the map
/// given and answers the mistake in Helm's words, or <see langword="null"/>. After a mistake the map may be half changed.
/// </summary>
public static class StringValues
{
    /// <summary><c>--set</c>: numbers, booleans and null are recognised.</summary>
    public static string? Parse(string text, MapValue into) => new StringValuesParser(text, Typed).Parse(into);

    /// <summary><c>--set-string</c>: every value is a string.</summary>
    public static string? ParseString(string text, MapValue into) =>
        new StringValuesParser(text, raw => (new StringValue(raw), null)).Parse(into);

    /// <summary><c>--set-file</c>: every value is read by a function from the path that stands for it.</summary>
    public static string? ParseFile(string text, MapValue into, Func<string, (Value? Value, string? Error)> read) =>
        new StringValuesParser(text, read).Parse(into);

    /// <summary><c>--set-json</c> in its <c>key=json</c> form.</summary>
    public static string? ParseJson(string text, MapValue into) => new StringValuesParser(text, null).Parse(into);

    /// <summary><c>--set-literal</c>: the value is all that follows the first <c>=</c>, as it stands.</summary>
    public static string? ParseLiteral(string text, MapValue into) => new StringValuesParser(text, null) { IsLiteral = true }.Parse(into);

    private static (Value? Value, string? Error) Typed(string raw)
    {
        if (raw.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return (BoolValue.True, null);
        }

        if (raw.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return (BoolValue.False, null);
        }

        if (raw.Equals("null", StringComparison.OrdinalIgnoreCase))
        {
            return (NullValue.Instance, null);
        }

        var isNumber = raw == "0" || (raw.Length > 0 && raw[0] != '0');
        return isNumber && long.TryParse(raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? (new IntValue(number), null)
            : (new StringValue(raw), null);
    }
}

using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Functions of texts: CEL's own and its library's, by characters (code points).</summary>
internal static class StringFunctions
{
    private static readonly CelType Text = CelType.String;
    private static readonly CelType Number = CelType.Int;
    private static readonly CelType Texts = CelType.List(CelType.String);

    public static CelFunction[] All { get; } =
    [
        Test("contains", "contains_string", (text, other) => text.Contains(other, StringComparison.Ordinal)),
        Test("endsWith", "ends_with_string", (text, other) => text.EndsWith(other, StringComparison.Ordinal)),
        Test("startsWith", "starts_with_string", (text, other) => text.StartsWith(other, StringComparison.Ordinal)),
        new("charAt", Member("string_char_at_int", [Text, Number], Text, a => CharAt(Of(a[0]), At(a[1])))),
        new(
            "indexOf",
            Member("string_index_of_string", [Text, Text], Number, a => TextSearch.IndexOf(Of(a[0]), Of(a[1]), 0)),
            Member("string_index_of_string_int", [Text, Text, Number], Number, a => TextSearch.IndexOf(Of(a[0]), Of(a[1]), At(a[2])))),
        new(
            "lastIndexOf",
            Member("string_last_index_of_string", [Text, Text], Number, a => TextSearch.LastIndexOf(Of(a[0]), Of(a[1]), null)),
            Member("string_last_index_of_string_int", [Text, Text, Number], Number, a => TextSearch.LastIndexOf(Of(a[0]), Of(a[1]), At(a[2])))),
        new("lowerAscii", Member("string_lower_ascii", [Text], Text, a => Ascii(Of(a[0]), char.ToLowerInvariant))),
        new("upperAscii", Member("string_upper_ascii", [Text], Text, a => Ascii(Of(a[0]), char.ToUpperInvariant))),
        new(
            "replace",
            Member("string_replace_string_string", [Text, Text, Text], Text, a => TextSearch.Replace(Of(a[0]), Of(a[1]), Of(a[2]), -1)),
            Member("string_replace_string_string_int", [Text, Text, Text, Number], Text, a => TextSearch.Replace(Of(a[0]), Of(a[1]), Of(a[2]), At(a[3])))),
        new(
            "split",
            Member("string_split_string", [Text, Text], Texts, a => TextSearch.Split(Of(a[0]), Of(a[1]), -1)),
            Member("string_split_string_int", [Text, Text, Number], Texts, a => TextSearch.Split(Of(a[0]), Of(a[1]), At(a[2])))),
        new(
            "substring",
            Member("string_substring_int", [Text, Number], Text, a => Substring(Of(a[0]), At(a[1]), null)),
            Member("string_substring_int_int", [Text, Number, Number], Text, a => Substring(Of(a[0]), At(a[1]), At(a[2])))),
        new("trim", Member("string_trim", [Text], Text, a => new StringValue(Of(a[0]).Trim(Spaces)))),
        new("strings.quote", Global("strings_quote", [Text], Text, a => new StringValue(Quote(Of(a[0]))))),
        new(
            "join",
            Member("list_join", [Texts], Text, a => Join((IReadOnlyList<Value>)a[0], "")),
            Member("list_join_string", [Texts, Text], Text, a => Join((IReadOnlyList<Value>)a[0], Of(a[1])))),
    ];

    // What unicode.IsSpace holds for a space.
    private static readonly char[] Spaces =
    [
        '\t', '\n', '\v', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680', '\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006',
        '\u2007', '\u2008', '\u2009', '\u200A', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000',
    ];

    private static string Of(Value value) => ((StringValue)value).Value;

    private static long At(Value value) => ((IntValue)value).Value;

    private static CelFunction Test(string name, string id, Func<string, string, bool> holds) => new(name, Member(
        id, [Text, Text], CelType.Bool,
        a => a[0] is StringValue text && a[1] is StringValue other ? BoolValue.Of(holds(text.Value, other.Value)) : CelError.NoSuchOverload) with
    {
        TakesAnything = true,
    });

    private static CelError OutOfRange(long index) => new($"index out of range: {index}");

    private static Value CharAt(string text, long index)
    {
        var count = Runes.Count(text);
        if (index < 0 || index > count)
        {
            return OutOfRange(index);
        }

        var at = Runes.Offset(text, index);
        return index == count ? StringValue.Empty : new StringValue(text.Substring(at, Runes.Width(text, at)));
    }

    private static Value Substring(string text, long start, long? end)
    {
        if (end < start)
        {
            return new CelError($"invalid substring range. start: {start}, end: {end}");
        }

        var count = Runes.Count(text);
        if (start < 0 || start > count)
        {
            return OutOfRange(start);
        }

        if (end < 0 || end > count)
        {
            return OutOfRange(end.Value);
        }

        var from = Runes.Offset(text, start);
        return new StringValue(end is { } last ? text[from..Runes.Offset(text, last)] : text[from..]);
    }

    private static StringValue Ascii(string text, Func<char, char> change) =>
        new(string.Create(text.Length, (text, change), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.text[i];
                span[i] = char.IsAscii(c) ? state.change(c) : c;
            }
        }));

    private static string Quote(string text)
    {
        var quoted = new System.Text.StringBuilder(text.Length + 2).Append('"');
        foreach (var c in GoString.ToValidUtf8(text))
        {
            _ = c switch
            {
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\v' => quoted.Append("\\v"),
                '\\' => quoted.Append("\\\\"),
                '"' => quoted.Append("\\\""),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static Value Join(IReadOnlyList<Value> list, string separator)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not StringValue item)
            {
                return list[i] is CelError ? list[i] : new CelError($"join: invalid input: {list[i]}");
            }

            text.Append(i == 0 ? "" : separator).Append(item.Value);
            if (text.Length > WorkLimit.MaxLength)
            {
                return WorkLimit.Exceeded;
            }
        }

        return new StringValue(text.ToString());
    }
}

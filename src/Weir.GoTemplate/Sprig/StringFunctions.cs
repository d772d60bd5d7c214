using System.Text;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Strings: cutting, joining, cases, quoting, padding.</summary>
internal static class StringFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("hello", "func() string", static (_, _) => "Hello!"),
        new("abbrev", "func(int, string) string", static (_, a) =>
            a.Int(0) < 4 ? a.String(1) : LineWrap.Abbreviate(a.String(1), 0, a.Int(0))),
        new("abbrevboth", "func(int, int, string) string", static (_, a) =>
            a.Int(1) < 4 || (a.Int(0) > 0 && a.Int(1) < 7) ? a.String(2) : LineWrap.Abbreviate(a.String(2), a.Int(0), a.Int(1))),
        new("trunc", "func(int, string) string", static (_, a) => Truncate(a.Int(0), a.String(1))),
        new("trim", "func(string) string", static (_, a) => a.String(0).Trim()),
        new("upper", "func(string) string", static (_, a) => GoText.ToUpper(a.String(0))),
        new("lower", "func(string) string", static (_, a) => GoText.ToLower(a.String(0))),
        new("title", "func(string) string", static (_, a) => GoText.Title(a.String(0))),
        new("untitle", "func(string) string", static (_, a) => Uncapitalize(a.String(0))),
        new("substr", "func(int, int, string) string", Substring),
        new("repeat", "func(int, string) string", Repeat),
        TrimAll("trimall"),
        TrimAll("trimAll"),
        new("trimSuffix", "func(string, string) string", static (_, a) =>
            a.String(1).EndsWith(a.String(0), StringComparison.Ordinal) ? a.String(1)[..^a.String(0).Length] : a.String(1)),
        new("trimPrefix", "func(string, string) string", static (_, a) =>
            a.String(1).StartsWith(a.String(0), StringComparison.Ordinal) ? a.String(1)[a.String(0).Length..] : a.String(1)),
        new("nospace", "func(string) string", static (_, a) => DeleteSpace(a.String(0))),
        new("initials", "func(string) string", static (_, a) => Initials(a.String(0))),
        new("swapcase", "func(string) string", static (_, a) => SwapCase(a.String(0))),
        new("snakecase", "func(string) string", static (_, a) => WordCase.Snake(a.String(0))),
        new("camelcase", "func(string) string", static (_, a) => WordCase.Pascal(a.String(0))),
        new("kebabcase", "func(string) string", static (_, a) => WordCase.Kebab(a.String(0))),
        new("wrap", "func(int, string) string", static (_, a) => LineWrap.Wrap(a.String(1), a.Int(0), "", breakWords: false)),
        new("wrapWith", "func(int, string, string) string", static (_, a) =>
            LineWrap.Wrap(a.String(2), a.Int(0), a.String(1), breakWords: true)),
        new("contains", "func(string, string) bool", static (_, a) => a.String(1).Contains(a.String(0), StringComparison.Ordinal)),
        new("hasPrefix", "func(string, string) bool", static (_, a) => a.String(1).StartsWith(a.String(0), StringComparison.Ordinal)),
        new("hasSuffix", "func(string, string) bool", static (_, a) => a.String(1).EndsWith(a.String(0), StringComparison.Ordinal)),
        new("quote", "func(...interface {}) string", static (_, a) => Quote(a)),
        new("squote", "func(...interface {}) string", static (_, a) => SingleQuote(a)),
        new("cat", "func(...interface {}) string", static (_, a) => Concatenate(a)),
        new("indent", "func(int, string) string", static (c, a) => Indent(c, a, leadingNewline: false)),
        new("nindent", "func(int, string) string", static (c, a) => Indent(c, a, leadingNewline: true)),
        new("replace", "func(string, string, string) string", static (_, a) =>
            GoText.ReplaceAll(a.String(2), a.String(0), a.String(1))),
        new("plural", "func(string, string, int) string", static (_, a) => a.Int(2) == 1 ? a.String(0) : a.String(1)),
        new("toString", "func(interface {}) string", static (_, a) => a[0] is StringValue text ? text : GoValue.Text(a[0])),
        new("toStrings", "func(interface {}) []string", static (_, a) => Strings(a[0])),
        new("join", "func(string, interface {}) string", static (_, a) => Join(a.String(0), a[1])),
        new("sortAlpha", "func(interface {}) []string", static (_, a) => SortAlphabetically(a[0])),
        new("split", "func(string, string) map[string]string", static (_, a) => Numbered(GoText.SplitN(a.String(1), a.String(0), -1))),
        new("splitn", "func(string, int, string) map[string]string", static (_, a) =>
            Numbered(GoText.SplitN(a.String(2), a.String(0), (int)Math.Clamp(a.Int(1), -1, int.MaxValue)))),
        new("splitList", "func(string, string) []string", static (_, a) =>
            GoValue.StringList(GoText.SplitN(a.String(1), a.String(0), -1))),
    ]);

    /// <summary>sprig's <c>strslice</c>: the texts of a list without its nils, or of a single value.</summary>
    public static ListValue Strings(Value value)
    {
        if (GoValue.Plain(value) is ListValue { ElementType: ElementType.String } strings)
        {
            return strings;
        }

        if (GoValue.List(value) is { } list)
        {
            var texts = new ListValue(list.Count) { ElementType = ElementType.String };
            foreach (var item in list)
            {
                if (!GoValue.IsNil(item))
                {
                    texts.Add(item is StringValue ? item : GoValue.Text(item));
                }
            }

            return texts;
        }

        return GoValue.StringList(GoValue.IsNil(value) ? [] : [GoValue.Text(value)]);
    }

    private static TemplateFunction TrimAll(string name) =>
        new(name, "func(string, string) string", static (_, a) => GoText.Trim(a.String(1), a.String(0)));

    private static string Truncate(long count, string text)
    {
        var length = GoString.ByteLength(text);
        if (count < 0 && length + count > 0)
        {
            return GoString.Slice(text, (int)(length + count), length);
        }

        return count >= 0 && length > count ? GoString.Slice(text, 0, (int)count) : text;
    }

    private static Value? Substring(CallContext context, Arguments arguments)
    {
        var (start, end, text) = (arguments.Int(0), arguments.Int(1), arguments.String(2));
        string? error;
        var part = start < 0 ? GoText.Slice(text, 0, end, out error)
            : end < 0 || end > GoString.ByteLength(text) ? GoText.Slice(text, start, null, out error)
            : GoText.Slice(text, start, end, out error);
        return part is null ? context.Fail(error!) : part;
    }

    private static Value? Repeat(CallContext context, Arguments arguments)
    {
        var (count, text) = (arguments.Int(0), arguments.String(1));
        if (count < 0)
        {
            return context.Fail("strings: negative Repeat count");
        }

        if (text.Length == 0 || count == 0)
        {
            return StringValue.Empty;
        }

        return count > GoText.MaxLength / text.Length
            ? context.Fail("strings: Repeat output length overflow")
            : new StringBuilder().Insert(0, text, (int)count).ToString();
    }

    private static string Uncapitalize(string text)
    {
        var starts = true;
        return GoText.MapRunes(text, rune =>
        {
            if (GoText.IsSpace(rune))
            {
                starts = true;
                return rune;
            }

            var result = starts ? GoText.ToLower(rune) : rune;
            starts = false;
            return result;
        });
    }

    private static string SwapCase(string text)
    {
        var afterSpace = true;
        return GoText.MapRunes(text, rune =>
        {
            if (GoText.IsUpper(rune) || GoText.IsTitle(rune))
            {
                afterSpace = false;
                return GoText.ToLower(rune);
            }

            if (GoText.IsLower(rune))
            {
                var swapped = afterSpace ? GoText.ToTitle(rune) : GoText.ToUpper(rune);
                afterSpace = false;
                return swapped;
            }

            afterSpace = GoText.IsSpace(rune);
            return rune;
        });
    }

    /// <summary>goutils walks bytes as if each were a character, and so do we: what is no ASCII comes out as Latin-1.</summary>
    private static string DeleteSpace(string text)
    {
        var bytes = GoString.ToBytes(text);
        var output = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (!char.IsWhiteSpace((char)b))
            {
                output.Append((char)b);
            }
        }

        return output.Length == bytes.Length ? text : output.ToString();
    }

    private static string Initials(string text)
    {
        var output = new StringBuilder();
        var starts = true;
        foreach (var b in GoString.ToBytes(text))
        {
            if (char.IsWhiteSpace((char)b))
            {
                starts = true;
            }
            else if (starts)
            {
                output.Append((char)b);
                starts = false;
            }
        }

        return output.ToString();
    }

    private static string Quote(Arguments arguments)
    {
        if (arguments.Count == 1)
        {
            return GoValue.IsNil(arguments[0]) ? "" : Values.GoQuote.Quote(GoValue.Text(arguments[0]));
        }

        var output = new StringBuilder();
        foreach (var value in arguments.From(0))
        {
            if (!GoValue.IsNil(value))
            {
                Separate(output).Append(Values.GoQuote.Quote(GoValue.Text(value)));
            }
        }

        return output.ToString();
    }

    private static string SingleQuote(Arguments arguments)
    {
        var output = new StringBuilder();
        foreach (var value in arguments.From(0))
        {
            if (!GoValue.IsNil(value))
            {
                Separate(output).Append('\'').Append(Print(value)).Append('\'');
            }
        }

        return output.ToString();
    }

    private static string Concatenate(Arguments arguments)
    {
        var parts = new List<string>(arguments.Count);
        foreach (var value in arguments.From(0))
        {
            if (!GoValue.IsNil(value))
            {
                parts.Add(Print(value));
            }
        }

        return string.Join(' ', parts);
    }

    private static string Print(Value value) => value is StringValue text ? text.Value : GoFormat.ToText(value);

    private static StringBuilder Separate(StringBuilder output) => output.Length > 0 ? output.Append(' ') : output;

    private static Value? Indent(CallContext context, Arguments arguments, bool leadingNewline)
    {
        var (spaces, text) = (arguments.Int(0), arguments.String(1));
        if (spaces < 0)
        {
            return context.Fail("strings: negative Repeat count");
        }

        var lines = text.AsSpan().Count('\n') + 1L;
        var length = text.Length + (lines * spaces) + (leadingNewline ? 1 : 0);
        if (length > GoText.MaxLength)
        {
            return context.Fail("strings: Repeat output length overflow");
        }

        return string.Create((int)length, (text, spaces: (int)spaces, leadingNewline), static (output, state) =>
        {
            if (state.leadingNewline)
            {
                output[0] = '\n';
                output = output[1..];
            }

            var rest = state.text.AsSpan();
            while (true)
            {
                output[..state.spaces].Fill(' ');
                output = output[state.spaces..];
                var end = rest.IndexOf('\n');
                if (end < 0)
                {
                    rest.CopyTo(output);
                    return;
                }

                rest[..(end + 1)].CopyTo(output);
                output = output[(end + 1)..];
                rest = rest[(end + 1)..];
            }
        });
    }

    private static string Join(string separator, Value value)
    {
        var strings = Strings(value);
        var parts = new string[strings.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = ((StringValue)strings[i]).Value;
        }

        return string.Join(separator, parts);
    }

    /// <summary>A <c>[]string</c> is sorted in place, as sprig does it; other lists are copied.</summary>
    private static ListValue SortAlphabetically(Value value)
    {
        var strings = Strings(value);
        strings.Sort(static (x, y) => GoString.Compare(((StringValue)x).Value, ((StringValue)y).Value));
        return strings;
    }

    private static MapValue Numbered(List<string> parts)
    {
        var map = new MapValue(parts.Count) { ElementType = ElementType.String };
        for (var i = 0; i < parts.Count; i++)
        {
            map["_" + GoValue.Invariant(i)] = parts[i];
        }

        return map;
    }
}

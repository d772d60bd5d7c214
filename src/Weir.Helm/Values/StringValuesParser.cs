using System.Globalization;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>Reads one <c>--set</c> text from left to right; see <see cref="StringValues"/>.</summary>
/// <param name="text">The whole text.</param>
/// <param name="read">Makes a value of raw text; <see langword="null"/> when values are JSON or literal.</param>
internal sealed class StringValuesParser(string text, Func<string, (Value? Value, string? Error)>? read)
{
    private const int MaxIndex = 65536;
    private const int MaxNesting = 30;

    private int _at;
    private string? _error;

    /// <summary>How a step of reading ended.</summary>
    private enum Step
    {
        Done,
        AtEnd,
        Failed,
    }

    public bool IsLiteral { get; init; }

    private bool IsJson => read is null && !IsLiteral;

    public string? Parse(MapValue into)
    {
        Step step;
        do
        {
            step = Key(into, 0);
        }
        while (step == Step.Done);
        return step == Step.Failed ? _error : null;
    }

    private Step Key(MapValue data, int nesting)
    {
        var (key, stop) = Until(IsLiteral ? "=[." : "=[,.");
        switch (stop)
        {
            case '=':
                return IsLiteral ? LiteralItem(data, key) : IsJson ? JsonItem(v => Set(data, key, v)) : Item(v => Set(data, key, v));
            case ',':
                Set(data, key, StringValue.Empty);
                return Fail($"key {GoQuote.Quote(key)} has no value (cannot end with ,)");
            case '[':
                return IndexedKey(data, key, nesting);
            case '.':
                return NestedKey(data, key, nesting + 1);
            default:
                return key.Length == 0 ? Step.AtEnd : Fail($"key {GoQuote.Quote(key)} has no value");
        }
    }

    private Step NestedKey(MapValue data, string key, int nesting)
    {
        if (nesting > MaxNesting)
        {
            return Fail($"value name nested level is greater than maximum supported nested level of {MaxNesting}");
        }

        var existing = data[key];
        if (existing is not (null or MapValue))
        {
            return WrongKind(existing, "map[string]interface {}");
        }

        var inner = existing as MapValue ?? new MapValue();
        var step = Key(inner, nesting);
        if (step == Step.Done && inner.Count == 0)
        {
            return Fail($"key map {GoQuote.Quote(key)} has no value");
        }

        if (inner.Count > 0)
        {
            Set(data, key, inner);
        }

        return step;
    }

    private Step IndexedKey(MapValue data, string key, int nesting)
    {
        if (Index(out var index) is not Step.Done and var ended)
        {
            return ended;
        }

        var existing = data[key];
        if (existing is not (null or ListValue))
        {
            return WrongKind(existing, "[]interface {}");
        }

        var list = existing as ListValue ?? new ListValue();
        var step = ListItem(list, index, nesting);
        Set(data, key, list);
        return step;
    }

    private Step ListItem(ListValue list, int index, int nesting)
    {
        if (index < 0)
        {
            return Fail($"negative {index} index not allowed");
        }

        var (key, stop) = Until("[.=");
        if (key.Length > 0)
        {
            return Fail($"unexpected data at end of array index: {GoQuote.Quote(key)}");
        }

        switch (stop)
        {
            case '=':
                return IsLiteral
                    ? SetIndex(list, index, new StringValue(Rest()))
                    : IsJson ? JsonItem(v => SetIndex(list, index, v)) : ItemInList(list, index);
            case '[':
                return NestedList(list, index, nesting);
            case '.':
                return NestedMap(list, index, nesting);
            default:
                return Step.AtEnd;
        }
    }

    private Step NestedList(ListValue list, int index, int nesting)
    {
        if (Index(out var inner) is not Step.Done and var ended)
        {
            return ended;
        }

        var existing = index < list.Count ? list[index] : NullValue.Instance;
        if (existing is not (NullValue or ListValue))
        {
            return WrongKind(existing, "[]interface {}");
        }

        var nested = existing as ListValue ?? new ListValue();
        var step = ListItem(nested, inner, nesting);
        return step == Step.Done ? SetIndex(list, index, nested) : step;
    }

    private Step NestedMap(ListValue list, int index, int nesting)
    {
        var inner = new MapValue();
        if (index < list.Count)
        {
            inner = list[index] as MapValue ?? inner;
            list[index] = inner;
        }

        var step = Key(inner, nesting);
        return step == Step.Done ? SetIndex(list, index, inner) : step;
    }

    /// <summary>The value after <c>key=</c>. At the very end of the text the key has an empty string.</summary>
    private Step Item(Func<Value, Step> set)
    {
        if (_at >= text.Length)
        {
            set(StringValue.Empty);
            return Step.AtEnd;
        }

        if (text[_at] == '{')
        {
            return BracedList() is { } list ? set(list) : Step.Failed;
        }

        var (raw, _) = Until(",");
        var (value, error) = read!(raw);
        var step = set(value ?? NullValue.Instance);
        return error is null ? step : Fail(error);
    }

    private Step ItemInList(ListValue list, int index)
    {
        // An element at the very end of the text is set and reading goes on, unlike a key there.
        return _at >= text.Length ? SetIndex(list, index, StringValue.Empty) : Item(v => SetIndex(list, index, v));
    }

    private Step LiteralItem(MapValue data, string key) => Set(data, key, new StringValue(Rest()));

    private Step JsonItem(Func<Value, Step> set)
    {
        if (SkipToValue())
        {
            return set(NullValue.Instance);
        }

        var end = JsonEnd();
        var parsed = JsonReader.Read(Encoding.UTF8.GetBytes(text[_at..end]), numbersAsFloat: true);
        if (!parsed.TryGet(out var value))
        {
            return Fail(parsed.Diagnostics.Count > 0 ? parsed.Diagnostics[0].Message : "invalid JSON");
        }

        _at = end;
        var step = set(value);
        SkipToValue();
        return step;
    }

    /// <summary>Passes over blanks and one comma. True when there is no value before it.</summary>
    private bool SkipToValue()
    {
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == ',')
            {
                _at++;
                return true;
            }

            if (!char.IsWhiteSpace(text[_at]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where the JSON value that begins here ends; its content is judged by the JSON reader.</summary>
    private int JsonEnd()
    {
        var depth = 0;
        for (var i = _at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    for (i++; i < text.Length && text[i] != '"'; i++)
                    {
                        i += text[i] == '\\' ? 1 : 0;
                    }

                    if (depth == 0)
                    {
                        return Math.Min(i + 1, text.Length);
                    }

                    break;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']':
                    if (--depth <= 0)
                    {
                        return i + 1;
                    }

                    break;
                case ',' or ' ' or '\t' or '\n' or '\r' when depth == 0:
                    return i;
            }
        }

        return text.Length;
    }

    private ListValue? BracedList()
    {
        _at++;
        var list = new ListValue();
        while (true)
        {
            var (raw, stop) = Until(",}");
            if (stop == '\0')
            {
                Fail("list must terminate with '}'");
                return null;
            }

            var (value, error) = read!(raw);
            if (error is not null)
            {
                Fail(error);
                return null;
            }

            list.Add(value ?? NullValue.Instance);
            if (stop == '}')
            {
                _at += _at < text.Length && text[_at] == ',' ? 1 : 0;
                return list;
            }
        }
    }

    /// <summary>The number before <c>]</c>. A text that ends within it is passed over, as Helm does.</summary>
    private Step Index(out int index)
    {
        index = 0;
        var (digits, stop) = Until("]");
        if (stop == '\0')
        {
            return Step.AtEnd;
        }

        if (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index))
        {
            return Step.Done;
        }

        var isNumber = digits.Length > 0 && digits.TrimStart('-', '+').All(char.IsAsciiDigit);
        return Fail($"error parsing index: strconv.Atoi: parsing {GoQuote.Quote(digits)}: {(isNumber ? "value out of range" : "invalid syntax")}");
    }

    private Step SetIndex(ListValue list, int index, Value value)
    {
        if (index > MaxIndex)
        {
            return Fail($"index of {index} is greater than maximum supported index of {MaxIndex}");
        }

        while (list.Count <= index)
        {
            list.Add(NullValue.Instance);
        }

        list[index] = value;
        return Step.Done;
    }

    private static Step Set(MapValue data, string key, Value value)
    {
        if (key.Length > 0)
        {
            data[key] = value;
        }

        return Step.Done;
    }

    private string Rest()
    {
        var rest = text[_at..];
        _at = text.Length;
        return rest;
    }

    /// <summary>The text before the first of these characters, which is passed over too; '\0' at the end of the text.</summary>
    private (string Text, char Stop) Until(string stops)
    {
        var taken = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (stops.Contains(c, StringComparison.Ordinal))
            {
                return (taken.ToString(), c);
            }

            if (c == '\\' && !IsLiteral)
            {
                if (_at == text.Length)
                {
                    break;
                }

                c = text[_at++];
            }

            taken.Append(c);
        }

        return (taken.ToString(), '\0');
    }

    private Step WrongKind(Value value, string wanted) =>
        Fail($"unable to parse key: interface conversion: interface {{}} is {GoType(value)}, not {wanted}");

    private static string GoType(Value value) => value switch
    {
        NullValue => "nil",
        BoolValue => "bool",
        IntValue => "int64",
        FloatValue => "float64",
        StringValue => "string",
        ListValue => "[]interface {}",
        _ => "map[string]interface {}",
    };

    private Step Fail(string error)
    {
        _error = error;
        return Step.Failed;
    }
}

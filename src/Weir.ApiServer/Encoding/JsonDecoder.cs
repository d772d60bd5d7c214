using System.Text.Json;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Encoding;

/// <summary>Reads UTF-8 JSON bodies into values; keys that stand twice are reported, the last one wins.</summary>
internal static class JsonDecoder
{
    /// <summary>Deeper bodies are refused, in the words that upstream has for 10,000 levels.</summary>
    public const int MaxDepth = Nesting.Max;

    /// <summary>Reads bytes that this server wrote itself.</summary>
    public static MapValue DecodeStored(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 100 * MaxDepth });
        reader.Read();
        return (MapValue)Read(ref reader, null, 0);
    }

    /// <summary>The value, or <see langword="null"/> with Go's words for what is wrong.</summary>
    public static Value? Decode(ReadOnlySpan<byte> json, out string? error, List<string>? duplicates = null)
    {
        error = null;
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read())
            {
                error = "unexpected end of JSON input";
                return null;
            }

            var value = Read(ref reader, duplicates, 0);
            if (reader.Read())
            {
                error = GoJsonError.Describe(json);
                return null;
            }

            return value;
        }
        catch (JsonException exception)
        {
            error = exception.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase) ? "exceeded max depth" : GoJsonError.Describe(json);
            return null;
        }
    }

    private static Value Read(ref Utf8JsonReader reader, List<string>? duplicates, int depth)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return ReadMap(ref reader, duplicates, depth);
            case JsonTokenType.StartArray:
                var list = new ListValue();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    list.Add(Read(ref reader, duplicates, depth + 1));
                }

                return list;
            case JsonTokenType.String:
                return new StringValue(Text(ref reader));
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? new IntValue(whole) : new FloatValue(reader.GetDouble());
            case JsonTokenType.True:
                return BoolValue.True;
            case JsonTokenType.False:
                return BoolValue.False;
            default:
                return NullValue.Instance;
        }
    }

    private static MapValue ReadMap(ref Utf8JsonReader reader, List<string>? duplicates, int depth)
    {
        var map = new MapValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = FieldNames.Intern(ref reader) ?? Text(ref reader);
            var known = duplicates?.Count ?? 0;
            reader.Read();
            if (duplicates is null)
            {
                map[key] = Read(ref reader, null, depth + 1);
                continue;
            }

            if (map.ContainsKey(key))
            {
                duplicates.Add(key);
                known++;
            }

            var isList = reader.TokenType == JsonTokenType.StartArray;
            map[key] = isList ? ReadList(ref reader, duplicates, depth + 1, key) : Read(ref reader, duplicates, depth + 1);
            for (var i = known; !isList && i < duplicates.Count; i++)
            {
                duplicates[i] = $"{key}.{duplicates[i]}";
            }
        }

        return map;
    }

    private static ListValue ReadList(ref Utf8JsonReader reader, List<string> duplicates, int depth, string key)
    {
        var list = new ListValue();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var known = duplicates.Count;
            var index = list.Count;
            list.Add(Read(ref reader, duplicates, depth));
            for (var i = known; i < duplicates.Count; i++)
            {
                duplicates[i] = $"{key}[{index}].{duplicates[i]}";
            }
        }

        return list;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or invalid UTF-8: Go puts the replacement character there.
            return LossyText(reader.HasValueSequence ? [] : reader.ValueSpan);
        }
    }

    private static string LossyText(ReadOnlySpan<byte> raw)
    {
        var text = System.Text.Encoding.UTF8.GetString(raw);
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'u')
            {
                result.Append((char)Convert.ToInt32(text.Substring(i + 1, 4), 16));
                i += 4;
                continue;
            }

            result.Append(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
        }

        // Encoding and decoding turns lone surrogates into the replacement character.
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(result.ToString()));
    }
}

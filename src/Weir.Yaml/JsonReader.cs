using Weir.Values;
using Weir.Yaml.Json;

namespace Weir.Yaml;

/// <summary>Reads JSON as Go's <c>encoding/json</c> does. Never throws because of what the text says.</summary>
public static class JsonReader
{
    /// <summary>
    /// One JSON value. Whole numbers that fit 64 bits become integers unless <paramref name="numbersAsFloat"/>; larger ones
    /// become floats. Values carry their place only when the text has a file name.
    /// </summary>
    public static Parsed<Value> Read(ReadOnlySpan<byte> utf8, string? file = null, bool numbersAsFloat = false)
    {
        var parser = new JsonParser(utf8, file, numbersAsFloat);
        var value = parser.Parse();
        parser.Release();
        return value is not null
            ? new Parsed<Value>(value)
            : new Parsed<Value>(null, [Problem(utf8, file, parser)]);
    }

    /// <summary>The same for a text.</summary>
    public static Parsed<Value> Read(string text, string? file = null, bool numbersAsFloat = false) =>
        Read(GoString.ToBytes(text), file, numbersAsFloat);

    private static Diagnostic Problem(ReadOnlySpan<byte> utf8, string? file, in JsonParser parser)
    {
        var before = utf8[..Math.Min(parser.Position, utf8.Length)];
        var line = before.Count((byte)'\n') + 1;
        var column = before.Length - (before.LastIndexOf((byte)'\n') + 1) + 1;
        return Diagnostic.Error("json-syntax", parser.Problem!, new SourceSpan(file, line, column));
    }
}

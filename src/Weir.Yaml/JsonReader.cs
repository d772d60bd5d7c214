using Weir.Values;

namespace Weir.Yaml;

/// <summary>Reads JSON as Go's <c>encoding/json</c> does. Never throws because of what the text says.</summary>
public static class JsonReader
{
    /// <summary>One JSON value. Whole numbers that fit become integers unless <paramref name="numbersAsFloat"/>.</summary>
    public static Parsed<Value> Read(ReadOnlySpan<byte> utf8, string? file = null, bool numbersAsFloat = false) =>
        throw new NotImplementedException();
}

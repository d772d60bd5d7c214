using Weir.Values;

namespace Weir.Yaml;

/// <summary>Writes JSON as Go's <c>encoding/json</c> does: keys sorted bytewise, <c>&lt; &gt; &amp;</c> escaped unless asked not to.</summary>
public static class JsonWriter
{
    public static string Write(Value value, JsonWriteOptions? options = null) => throw new NotImplementedException();

    /// <summary>The same text in UTF-8.</summary>
    public static byte[] WriteUtf8(Value value, JsonWriteOptions? options = null) => throw new NotImplementedException();
}

using System.Buffers;
using System.Text;
using Weir.Values;
using Weir.Yaml.Json;

namespace Weir.Yaml;

/// <summary>
/// Writes JSON as Go's <c>encoding/json</c> does: keys sorted bytewise, <c>&lt; &gt; &amp;</c> escaped unless asked not to.
/// Numbers that JSON does not have (NaN, infinities) are written by their Go names.
/// </summary>
public static class JsonWriter
{
    public static string Write(Value value, JsonWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        return Encoding.UTF8.GetString(output.Written);
    }

    /// <summary>The same text in UTF-8.</summary>
    public static byte[] WriteUtf8(Value value, JsonWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        return output.Written.ToArray();
    }

    /// <summary>Writes the same UTF-8 to a stream, pipe or buffer.</summary>
    public static void Write(Value value, IBufferWriter<byte> target, JsonWriteOptions? options = null)
    {
        using var output = Emit(value, options);
        target.Write(output.Written);
    }

    private static JsonOutput Emit(Value value, JsonWriteOptions? options)
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = new JsonOutput();
        new JsonEmitter(output, options ?? JsonWriteOptions.Default).Emit(value);
        return output;
    }
}

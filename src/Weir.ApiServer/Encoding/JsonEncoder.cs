using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Values;

namespace Weir.ApiServer.Encoding;

/// <summary>Writes values as compact UTF-8 JSON, keys in the order of insertion.</summary>
internal static class JsonEncoder
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = 100_000,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static byte[] Encode(Value value)
    {
        var target = Interlocked.Exchange(ref buffer, null) ?? new ArrayBufferWriter<byte>(4096);
        Write(target, value);
        var bytes = target.WrittenSpan.ToArray();
        if (target.Capacity <= 1 << 20)
        {
            target.ResetWrittenCount();
            buffer = target;
        }

        return bytes;
    }

    /// <summary>Indented by two, ended by a line break: what a person with <c>pretty=true</c> wants to see.</summary>
    public static byte[] EncodePretty(Value value)
    {
        var target = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(target, Options with { Indented = true }))
        {
            Write(writer, value);
        }

        target.GetSpan(1)[0] = (byte)'\n';
        target.Advance(1);
        return target.WrittenSpan.ToArray();
    }

    public static void Write(IBufferWriter<byte> target, Value value)
    {
        using var writer = new Utf8JsonWriter(target, Options);
        Write(writer, value);
    }

    private static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value)
        {
            case StringValue text:
                writer.WriteStringValue(text.Value);
                break;
            case MapValue map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    writer.WritePropertyName(key);
                    Write(writer, item);
                }

                writer.WriteEndObject();
                break;
            case ListValue list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case IntValue number when number.IsUnsigned:
                writer.WriteNumberValue(number.UnsignedValue);
                break;
            case IntValue number:
                writer.WriteNumberValue(number.Value);
                break;
            case BoolValue flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case FloatValue number:
                WriteFloat(writer, number.Value);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    /// <summary>As Go's <c>encoding/json</c>: exponents only below 1e-6 and from 1e21.</summary>
    private static void WriteFloat(Utf8JsonWriter writer, double number)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < 1e15)
        {
            writer.WriteNumberValue((long)number);
            return;
        }

        if (!double.IsFinite(number))
        {
            writer.WriteNullValue();
            return;
        }

        var magnitude = Math.Abs(number);
        if (magnitude is >= 1e-6 and < 1e21)
        {
            writer.WriteRawValue(GoFloat.Format(number, 'f', -1), skipInputValidation: true);
            return;
        }

        var text = GoFloat.Format(number, 'e', -1);
        var zero = text.IndexOf("e-0", StringComparison.Ordinal);
        writer.WriteRawValue(zero < 0 ? text : text.Remove(zero + 2, 1), skipInputValidation: true);
    }
}

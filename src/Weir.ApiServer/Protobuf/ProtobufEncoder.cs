using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Protobuf;

/// <summary>Writes built-in kinds in Kubernetes' protobuf form.</summary>
internal static class ProtobufEncoder
{
    /// <summary>The object; a kind without protobuf form is carried as JSON, which the envelope can say.</summary>
    public static byte[] Encode(MapValue value)
    {
        var kind = value.GroupVersionKind();
        var type = new WireWriter();
        type.Bytes(1, GoString.ToBytes(kind.ApiVersion));
        type.Bytes(2, GoString.ToBytes(kind.Kind));
        var envelope = new WireWriter();
        envelope.Message(1, type);
        if (BuiltInSchemas.Find(kind) is { ProtobufFields.Count: > 0 } schema)
        {
            envelope.Message(2, Message(value, schema.ProtobufFields));
        }
        else
        {
            envelope.Bytes(2, JsonEncoder.Encode(value));
            envelope.Bytes(4, GoString.ToBytes(Negotiation.JsonType));
        }

        return [.. "k8s\0"u8, .. envelope.Written];
    }

    private static WireWriter Message(MapValue value, IReadOnlyList<ProtobufField> fields)
    {
        var writer = new WireWriter();
        foreach (var field in fields)
        {
            if (field.Property is not { } property)
            {
                var inline = Message(value, field.Inline);
                if (inline.Written.Length > 0)
                {
                    writer.Message(field.Number, inline);
                }
            }
            else if (value[property.Name] is { IsNull: false } item)
            {
                Property(writer, field.Number, item, property.Schema);
            }
        }

        return writer;
    }

    private static void Property(WireWriter writer, int field, Value value, Schema schema)
    {
        if (WireTypes.Of(schema) == WireType.Plain)
        {
            if (value is ListValue list && schema.Items is { } items)
            {
                foreach (var item in list)
                {
                    One(writer, field, item, items);
                }

                return;
            }

            if (value is MapValue map && schema.AdditionalProperties is { } values)
            {
                foreach (var (key, item) in map)
                {
                    var entry = new WireWriter();
                    entry.Bytes(1, GoString.ToBytes(key));
                    if (item is ListValue texts)
                    {
                        var inner = new WireWriter();
                        Property(inner, 1, texts, values);
                        entry.Message(2, inner);
                    }
                    else
                    {
                        One(entry, 2, item, values);
                    }

                    writer.Message(field, entry);
                }

                return;
            }
        }

        One(writer, field, value, schema);
    }

    private static void One(WireWriter writer, int field, Value value, Schema schema)
    {
        switch (WireTypes.Of(schema))
        {
            case WireType.Bytes:
                writer.Bytes(field, Convert.FromBase64String((value as StringValue)?.Value ?? ""));
                return;
            case WireType.Time:
                writer.Message(field, Time((value as StringValue)?.Value));
                return;
            case WireType.Text:
                var quantity = new WireWriter();
                quantity.Bytes(1, GoString.ToBytes(value.ToString() ?? ""));
                writer.Message(field, quantity);
                return;
            case WireType.IntOrString:
                writer.Message(field, IntOrString(value));
                return;
            case WireType.Json:
                var json = new WireWriter();
                json.Bytes(1, JsonEncoder.Encode(value));
                writer.Message(field, json);
                return;
            case WireType.SchemaOrArray or WireType.SchemaOrBool or WireType.SchemaOrStrings:
                writer.Message(field, Choice(value, schema));
                return;
        }

        switch (value)
        {
            case StringValue text:
                writer.Bytes(field, GoString.ToBytes(text.Value));
                break;
            case BoolValue flag:
                writer.Number(field, flag.Value ? 1UL : 0);
                break;
            case IntValue number when schema.Type == SchemaType.Number:
                writer.Double(field, number.Value);
                break;
            case IntValue number:
                writer.Number(field, (ulong)number.Value);
                break;
            case FloatValue number:
                writer.Double(field, number.Value);
                break;
            case MapValue map:
                writer.Message(field, Message(map, schema.ProtobufFields));
                break;
        }
    }

    private static WireWriter Time(string? text)
    {
        var writer = new WireWriter();
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            writer.Number(1, (ulong)time.ToUnixTimeSeconds());
            writer.Number(2, (ulong)(time.Ticks % TimeSpan.TicksPerSecond * 100));
        }

        return writer;
    }

    private static WireWriter IntOrString(Value value)
    {
        var writer = new WireWriter();
        writer.Number(1, value is StringValue ? 1UL : 0);
        if (value is IntValue number)
        {
            writer.Number(2, (ulong)number.Value);
        }
        else
        {
            writer.Bytes(3, GoString.ToBytes(value.ToString() ?? ""));
        }

        return writer;
    }

    private static WireWriter Choice(Value value, Schema schema)
    {
        var writer = new WireWriter();
        var isBool = WireTypes.Of(schema) == WireType.SchemaOrBool;
        var fields = BuiltInSchemas.Find(WireTypes.SchemaName)!.ProtobufFields;
        switch (value)
        {
            case BoolValue flag:
                writer.Number(1, flag.Value ? 1UL : 0);
                break;
            case MapValue map:
                if (isBool)
                {
                    writer.Number(1, 1);
                }

                writer.Message(isBool ? 2 : 1, Message(map, fields));
                break;
            case ListValue list:
                foreach (var item in list)
                {
                    if (item is MapValue choice)
                    {
                        writer.Message(2, Message(choice, fields));
                    }
                    else
                    {
                        writer.Bytes(2, GoString.ToBytes((item as StringValue)?.Value ?? ""));
                    }
                }

                break;
        }

        return writer;
    }
}

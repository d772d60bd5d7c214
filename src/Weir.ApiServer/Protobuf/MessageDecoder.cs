using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Protobuf;

/// <summary>Reads messages by the field numbers that the schemas of built-in types know.</summary>
internal static class MessageDecoder
{
    private const int MaxDepth = 500;

    /// <summary>The message as JSON would have it; <paramref name="error"/> is Go's word for what is wrong with the bytes.</summary>
    public static MapValue Decode(ReadOnlySpan<byte> bytes, Schema schema, out string? error)
    {
        error = null;
        var map = new MapValue();
        Message(bytes, schema.ProtobufFields, map, 0, ref error);
        return map;
    }

    private static void Message(ReadOnlySpan<byte> bytes, IReadOnlyList<ProtobufField> fields, MapValue map, int depth, ref string? error)
    {
        if (depth > MaxDepth)
        {
            error ??= "exceeded max depth";
            return;
        }

        var reader = new WireReader(bytes);
        while (error is null && reader.Read())
        {
            if (Find(fields, reader.Field) is not { } field)
            {
                continue;
            }

            if (field.Property is not { } property)
            {
                Message(reader.Bytes, field.Inline, map, depth + 1, ref error);
                continue;
            }

            Property(ref reader, property, map, depth, ref error);
        }

        error ??= reader.Error;
    }

    private static void Property(ref WireReader reader, SchemaProperty property, MapValue map, int depth, ref string? error)
    {
        var schema = property.Schema;
        if (WireTypes.Of(schema) != WireType.Plain || schema.Type is not (SchemaType.Array or SchemaType.Object))
        {
            if (One(ref reader, schema, depth, ref error) is { } value)
            {
                map[property.Name] = value;
            }

            return;
        }

        if (schema.Type == SchemaType.Array)
        {
            var list = map.GetList(property.Name);
            if (list is null)
            {
                map[property.Name] = list = new ListValue();
            }

            var items = schema.Items!;
            if (reader.HasBytes && items.Type is SchemaType.Integer or SchemaType.Boolean && WireTypes.Of(items) == WireType.Plain)
            {
                var packed = new WireReader(reader.Bytes);
                while (packed.ReadPacked(out var number))
                {
                    list.Add(Scalar(number, items));
                }

                error ??= packed.Error;
                return;
            }

            list.Add(One(ref reader, items, depth, ref error) ?? NullValue.Instance);
            return;
        }

        if (schema.AdditionalProperties is { } values)
        {
            Entry(reader.Bytes, values, map.GetOrAddMap(property.Name), depth, ref error);
            return;
        }

        map[property.Name] = One(ref reader, schema, depth, ref error) ?? NullValue.Instance;
    }

    /// <summary>One entry of a map: key 1, value 2.</summary>
    private static void Entry(ReadOnlySpan<byte> bytes, Schema values, MapValue map, int depth, ref string? error)
    {
        var reader = new WireReader(bytes);
        var key = "";
        Value? value = null;
        while (error is null && reader.Read())
        {
            if (reader.Field == 1)
            {
                key = GoString.FromBytes(reader.Bytes);
            }
            else if (reader.Field == 2)
            {
                value = values.Type == SchemaType.Array ? Items(reader.Bytes, values, depth, ref error) : One(ref reader, values, depth, ref error);
            }
        }

        error ??= reader.Error;
        map[key] = value ?? (values.Type == SchemaType.String && WireTypes.Of(values) == WireType.Plain ? "" : NullValue.Instance);
    }

    /// <summary>A list that stands where a map wants one value: a message with items in field 1.</summary>
    private static ListValue Items(ReadOnlySpan<byte> bytes, Schema schema, int depth, ref string? error)
    {
        var list = new ListValue();
        var reader = new WireReader(bytes);
        while (error is null && reader.Read())
        {
            if (reader.Field == 1)
            {
                list.Add(One(ref reader, schema.Items!, depth, ref error) ?? NullValue.Instance);
            }
        }

        error ??= reader.Error;
        return list;
    }

    private static Value? One(ref WireReader reader, Schema schema, int depth, ref string? error)
    {
        switch (WireTypes.Of(schema))
        {
            case WireType.Bytes:
                return Convert.ToBase64String(reader.Bytes);
            case WireType.Time:
                return Time(reader.Bytes, ref error);
            case WireType.Text:
                return TextField(reader.Bytes, 1, ref error);
            case WireType.IntOrString:
                return IntOrString(reader.Bytes, ref error);
            case WireType.Json:
                return Json(reader.Bytes, ref error);
            case WireType.SchemaOrArray or WireType.SchemaOrBool or WireType.SchemaOrStrings:
                return Choice(reader.Bytes, schema, depth, ref error);
        }

        if (reader.HasBytes)
        {
            if (schema.Type == SchemaType.String)
            {
                return GoString.FromBytes(reader.Bytes);
            }

            var map = new MapValue();
            Message(reader.Bytes, schema.ProtobufFields, map, depth + 1, ref error);
            return map;
        }

        return Scalar(reader.Number, schema);
    }

    private static Value Scalar(ulong number, Schema schema) => schema.Type switch
    {
        SchemaType.Boolean => number != 0,
        SchemaType.Number => BitConverter.UInt64BitsToDouble(number),
        _ => schema.Format == "int32" ? (int)number : (long)number,
    };

    private static Value? Time(ReadOnlySpan<byte> bytes, ref string? error)
    {
        var reader = new WireReader(bytes);
        var (seconds, nanos, isSet) = (0L, 0L, false);
        while (reader.Read())
        {
            isSet = true;
            if (reader.Field == 1)
            {
                seconds = (long)reader.Number;
            }
            else if (reader.Field == 2)
            {
                nanos = (int)reader.Number;
            }
        }

        error ??= reader.Error;
        if (!isSet || error is not null || seconds is < -62_135_596_800 or > 253_402_300_799)
        {
            return NullValue.Instance;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanos / 100);
        return time.ToString(nanos == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
    }

    private static Value TextField(ReadOnlySpan<byte> bytes, int field, ref string? error)
    {
        var reader = new WireReader(bytes);
        var text = "";
        while (reader.Read())
        {
            if (reader.Field == field)
            {
                text = GoString.FromBytes(reader.Bytes);
            }
        }

        error ??= reader.Error;
        return text;
    }

    private static Value IntOrString(ReadOnlySpan<byte> bytes, ref string? error)
    {
        var reader = new WireReader(bytes);
        var (isText, number, text) = (false, 0L, "");
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    isText = reader.Number == 1;
                    break;
                case 2:
                    number = (int)reader.Number;
                    break;
                case 3:
                    text = GoString.FromBytes(reader.Bytes);
                    break;
            }
        }

        error ??= reader.Error;
        return isText ? text : number;
    }

    /// <summary>A message that carries JSON in its first field.</summary>
    private static Value Json(ReadOnlySpan<byte> bytes, ref string? error)
    {
        var reader = new WireReader(bytes);
        Value value = NullValue.Instance;
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                value = JsonDecoder.Decode(reader.Bytes, out var problem) ?? NullValue.Instance;
                error ??= problem;
            }
        }

        error ??= reader.Error;
        return value;
    }

    /// <summary>The three places in CustomResourceDefinitions where a schema may be something else.</summary>
    private static Value Choice(ReadOnlySpan<byte> bytes, Schema schema, int depth, ref string? error)
    {
        var type = WireTypes.Of(schema);
        var props = BuiltInSchemas.Find(WireTypes.SchemaName)!;
        var reader = new WireReader(bytes);
        Value? found = null;
        ListValue? list = null;
        while (error is null && reader.Read())
        {
            if (reader.Field == (type == WireType.SchemaOrBool ? 2 : 1))
            {
                var map = new MapValue();
                Message(reader.Bytes, props.ProtobufFields, map, depth + 1, ref error);
                found = map;
            }
            else if (type == WireType.SchemaOrBool && reader.Field == 1)
            {
                found ??= reader.Number != 0;
            }
            else if (type == WireType.SchemaOrStrings)
            {
                (list ??= []).Add(GoString.FromBytes(reader.Bytes));
            }
            else
            {
                var map = new MapValue();
                Message(reader.Bytes, props.ProtobufFields, map, depth + 1, ref error);
                (list ??= []).Add(map);
            }
        }

        error ??= reader.Error;
        return found ?? (list is not null ? list : NullValue.Instance);
    }

    private static ProtobufField? Find(IReadOnlyList<ProtobufField> fields, int number)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Number == number)
            {
                return fields[i];
            }
        }

        return null;
    }
}

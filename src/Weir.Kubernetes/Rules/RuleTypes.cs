using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What rules know of the values that a schema describes: their types, and how large they can be.</summary>
internal static class RuleTypes
{
    private const long MaxRequest = CelSchema.MaxRequestSize;
    private const long MaxNameLength = 253;
    private const long MaxTimeLength = 32;
    private const long DateLength = 12;

    // A text of one character takes up to four bytes.
    private const long BytesPerCharacter = 4;

    private static readonly CelSchema Unknown = new() { Kind = CelSchemaKind.Unknown, IsExposed = false };
    private static readonly CelSchema Bool = new() { Kind = CelSchemaKind.Bool, MinSerializedSize = 4 };
    private static readonly CelSchema Whole = new() { Kind = CelSchemaKind.Int };
    private static readonly CelSchema Number = new() { Kind = CelSchemaKind.Double };
    private static readonly CelSchema PlainText = new() { Kind = CelSchemaKind.String, MinSerializedSize = 2, MaxElements = MaxRequest - 2 };

    /// <summary>The types of a schema. Whole objects have names of limited length beside their own fields.</summary>
    public static CelSchema Of(Schema schema, bool isObject)
    {
        var known = Kinds(schema, isObject);
        return schema.IsNullable && known.Kind != CelSchemaKind.Unknown ? Nullable(known) : known;
    }

    private static CelSchema Kinds(Schema schema, bool isObject)
    {
        if (schema.IsIntOrString)
        {
            return new() { Kind = CelSchemaKind.IntOrString, MaxElements = TextLength(schema) };
        }

        return schema.Type switch
        {
            SchemaType.Array => List(schema),
            SchemaType.Object => Object(schema, isObject),
            SchemaType.String => Text(schema),
            SchemaType.Boolean => Bool,
            SchemaType.Integer => Whole,
            SchemaType.Number => Number,
            _ => Unknown,
        };
    }

    private static CelSchema List(Schema schema)
    {
        if (schema.Items is not { } items)
        {
            return Unknown;
        }

        var element = Of(items, items.IsEmbeddedResource);
        return new()
        {
            Kind = CelSchemaKind.List,
            Element = element,
            IsExposed = element.IsExposed,
            ListOrder = schema.ListType switch
            {
                ListType.Set => CelListOrder.Set,
                ListType.Map => CelListOrder.ByKeys,
                _ => CelListOrder.Ordered,
            },
            ListKeys = schema.ListMapKeys,
            MinSerializedSize = 2,
            MaxElements = schema.Limits.MaxItems is { } most ? Math.Max(most, 0) : (MaxRequest - 2) / (element.MinSerializedSize + 1),
        };
    }

    private static CelSchema Object(Schema schema, bool isObject)
    {
        if (schema.AdditionalProperties is { } values && !ReferenceEquals(values, Schema.Any))
        {
            var element = Of(values, values.IsEmbeddedResource);
            return new()
            {
                Kind = CelSchemaKind.Map,
                Element = element,
                IsExposed = element.IsExposed,
                MinSerializedSize = 2,
                MaxElements = schema.Limits.MaxProperties is { } most ? Math.Max(most, 0) : (MaxRequest - 2) / (element.MinSerializedSize + 6),
            };
        }

        var fields = new Dictionary<string, CelSchema>(StringComparer.Ordinal);
        var size = 2L;
        foreach (var property in schema.Properties)
        {
            var field = isObject && property.Name is "apiVersion" or "kind" ? PlainText
                : isObject && property.Name == "metadata" ? Metadata(schema.MetadataLimits)
                : Of(property.Schema, property.Schema.IsEmbeddedResource);
            fields[property.Name] = field;
            if (field.IsExposed && schema.Limits.Required.Contains(property.Name) && property.Schema.Default is null)
            {
                size += property.Name.Length + field.MinSerializedSize + 4;
            }
        }

        if (isObject)
        {
            fields.TryAdd("apiVersion", PlainText);
            fields.TryAdd("kind", PlainText);
            fields.TryAdd("metadata", Metadata(schema.MetadataLimits));
        }

        return new() { Kind = CelSchemaKind.Object, Fields = fields, MinSerializedSize = size };
    }

    private static CelSchema Metadata(Schema? limits) => new()
    {
        Kind = CelSchemaKind.Object,
        MinSerializedSize = 2,
        Fields = new Dictionary<string, CelSchema>
        {
            ["name"] = Name(limits?.Property("name")?.Schema, MaxNameLength),
            ["generateName"] = Name(limits?.Property("generateName")?.Schema, MaxNameLength - 1),
        },
    };

    private static CelSchema Name(Schema? limits, long most) => new()
    {
        Kind = CelSchemaKind.String,
        MinSerializedSize = 2,
        MaxElements = Math.Min(limits?.Limits.MaxLength ?? most, most) * BytesPerCharacter,
    };

    private static CelSchema Text(Schema schema) => schema.Format switch
    {
        "byte" => new()
        {
            Kind = CelSchemaKind.Bytes,
            MinSerializedSize = 2,
            MaxElements = schema.Limits.MaxLength is { } most ? Math.Max(most, 0) : MaxRequest - 2,
        },
        "duration" => new() { Kind = CelSchemaKind.Duration, MinSerializedSize = 3, MaxElements = MaxTimeLength },
        "date" => new() { Kind = CelSchemaKind.Date, MinSerializedSize = DateLength, MaxElements = DateLength },
        "date-time" => new() { Kind = CelSchemaKind.DateTime, MinSerializedSize = 21, MaxElements = MaxTimeLength },
        _ => new() { Kind = CelSchemaKind.String, MinSerializedSize = 2, MaxElements = TextLength(schema) },
    };

    private static long TextLength(Schema schema)
    {
        if (schema.Limits.MaxLength is { } most)
        {
            return Math.Max(most, 0) * BytesPerCharacter;
        }

        if (schema.IsIntOrString || schema.Enum.Count == 0)
        {
            return MaxRequest - 2;
        }

        var longest = 0L;
        foreach (var allowed in schema.Enum)
        {
            longest = allowed is StringValue text ? Math.Max(longest, GoString.ByteLength(text.Value)) : longest;
        }

        return longest;
    }

    private static CelSchema Nullable(CelSchema schema) => new()
    {
        Kind = schema.Kind,
        IsNullable = true,
        Fields = schema.Fields,
        Element = schema.Element,
        ListOrder = schema.ListOrder,
        ListKeys = schema.ListKeys,
        MaxElements = schema.MaxElements,
        MinSerializedSize = schema.MinSerializedSize,
        IsExposed = schema.IsExposed,
    };
}

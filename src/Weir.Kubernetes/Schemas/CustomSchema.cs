using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Turns the <c>openAPIV3Schema</c> of a CustomResourceDefinition into a <see cref="Schema"/>.
/// What is malformed counts as absent: the structural checks report it before a definition is accepted.
/// </summary>
public static class CustomSchema
{
    /// <summary>
    /// The schema of whole objects: the root of a definition with <c>apiVersion</c>, <c>kind</c> and the full <c>metadata</c>.
    /// Without a schema (<see langword="null"/>) every other field is accepted and kept.
    /// </summary>
    public static Schema ReadObject(MapValue? openApiSchema) => openApiSchema is null
        ? WithObjectFields(new Schema { Type = SchemaType.Object, PreservesUnknownFields = true })
        : WithObjectFields(Read(openApiSchema));

    /// <summary>One schema as it stands, without the fields that every object has.</summary>
    public static Schema Read(MapValue text)
    {
        var intOrString = text.GetBool("x-kubernetes-int-or-string") ?? false;
        var schema = new Schema
        {
            Type = TypeOf(text.GetString("type")),
            Format = text.GetString("format") ?? "",
            IsNullable = text.GetBool("nullable") ?? false,
            IsIntOrString = intOrString,
            PreservesUnknownFields = text.GetBool("x-kubernetes-preserve-unknown-fields") ?? false,
            IsEmbeddedResource = text.GetBool("x-kubernetes-embedded-resource") ?? false,
            Properties = Properties(text),
            ItemsLink = text.GetMap("items") is { } items ? new(Read(items)) : default,
            AdditionalLink = text["additionalProperties"] switch
            {
                MapValue values => new(Read(values)),
                BoolValue { Value: true } => new(Schema.Any),
                _ => default,
            },
            Enum = text.GetList("enum") is { } values2 ? [.. values2] : [],
            ListType = text.GetString("x-kubernetes-list-type") switch
            {
                "atomic" => ListType.Atomic,
                "set" => ListType.Set,
                "map" => ListType.Map,
                _ => ListType.None,
            },
            ListMapKeys = Strings(text, "x-kubernetes-list-map-keys"),
            MapType = text.GetString("x-kubernetes-map-type") switch
            {
                "atomic" => MapType.Atomic,
                "granular" => MapType.Granular,
                _ => MapType.None,
            },
            Default = text["default"],
            Limits = Limits(text),
            Rules = Rules(text),
        };
        return schema.IsEmbeddedResource ? WithObjectFields(schema) : schema;
    }

    private static SchemaType TypeOf(string? type) => type switch
    {
        "object" => SchemaType.Object,
        "array" => SchemaType.Array,
        "string" => SchemaType.String,
        "integer" => SchemaType.Integer,
        "number" => SchemaType.Number,
        "boolean" => SchemaType.Boolean,
        _ => SchemaType.Any,
    };

    private static List<SchemaProperty> Properties(MapValue text)
    {
        var properties = new List<SchemaProperty>();
        var required = Strings(text, "required");
        foreach (var (name, value) in text.GetMap("properties") ?? [])
        {
            if (value is MapValue map)
            {
                var schema = Read(map);
                properties.Add(new(name, schema) { IsRequired = required.Contains(name), Default = schema.Default });
            }
        }

        return properties;
    }

    private static SchemaLimits Limits(MapValue text)
    {
        var limits = new SchemaLimits
        {
            Minimum = Number(text, "minimum"),
            Maximum = Number(text, "maximum"),
            ExclusiveMinimum = text.GetBool("exclusiveMinimum") ?? false,
            ExclusiveMaximum = text.GetBool("exclusiveMaximum") ?? false,
            MultipleOf = Number(text, "multipleOf"),
            MinLength = text.GetInt("minLength"),
            MaxLength = text.GetInt("maxLength"),
            Pattern = text.GetString("pattern"),
            MinItems = text.GetInt("minItems"),
            MaxItems = text.GetInt("maxItems"),
            UniqueItems = text.GetBool("uniqueItems") ?? false,
            MinProperties = text.GetInt("minProperties"),
            MaxProperties = text.GetInt("maxProperties"),
            AllOf = Schemas(text, "allOf"),
            AnyOf = Schemas(text, "anyOf"),
            OneOf = Schemas(text, "oneOf"),
            Not = text.GetMap("not") is { } not ? Read(not) : null,
            Required = Strings(text, "required"),
        };
        return limits == SchemaLimits.None ? SchemaLimits.None : limits;
    }

    private static Schema[] Schemas(MapValue text, string key) =>
        text.GetList(key) is { } list ? [.. list.OfType<MapValue>().Select(Read)] : (Schema[])SchemaLimits.None.AllOf;

    private static IReadOnlyList<string> Strings(MapValue text, string key) =>
        text.GetList(key) is { } list ? [.. list.OfType<StringValue>().Select(s => s.Value)] : SchemaLimits.None.Required;

    private static double? Number(MapValue text, string key) => text[key] switch
    {
        IntValue i => i.Value,
        FloatValue f => f.Value,
        _ => null,
    };

    private static IReadOnlyList<ValidationRule> Rules(MapValue text)
    {
        if (text.GetList("x-kubernetes-validations") is not { } list)
        {
            return [];
        }

        var rules = new List<ValidationRule>(list.Count);
        foreach (var rule in list.OfType<MapValue>())
        {
            rules.Add(new()
            {
                Rule = rule.GetString("rule") ?? "",
                Message = rule.GetString("message") ?? "",
                MessageExpression = rule.GetString("messageExpression") ?? "",
                Reason = rule.GetString("reason") ?? "",
                FieldPath = rule.GetString("fieldPath") ?? "",
                OptionalOldSelf = rule.GetBool("optionalOldSelf"),
            });
        }

        return rules;
    }

    /// <summary>The same schema with the fields that every object has; a written schema of <c>metadata</c> stays as the limits of the full one.</summary>
    private static Schema WithObjectFields(Schema schema)
    {
        var properties = new List<SchemaProperty>(schema.Properties.Count + 3);
        foreach (var property in schema.Properties)
        {
            if (property.Name is not ("metadata" or "apiVersion" or "kind"))
            {
                properties.Add(property);
            }
        }

        properties.Add(new("apiVersion", Text));
        properties.Add(new("kind", Text));
        properties.Add(new("metadata", BuiltInSchemas.ObjectMeta));
        return schema.With(properties, schema.Property("metadata")?.Schema);
    }

    private static Schema Text { get; } = new() { Type = SchemaType.String };
}

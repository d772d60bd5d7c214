using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.OpenApi;

/// <summary>Writes schemas as OpenAPI v3 components: named types once, referred to elsewhere.</summary>
internal sealed class SchemaDocument(string referencePrefix)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<Schema> _pending = new();

    public MapValue Components { get; } = new();

    /// <summary>Adds a built-in type with all types it refers to.</summary>
    public void Add(string typeName)
    {
        if (BuiltInSchemas.Find(typeName) is { } schema)
        {
            Refer(schema);
            Drain();
        }
    }

    /// <summary>Adds a component made by somebody else.</summary>
    public void Add(string name, MapValue component)
    {
        if (_known.Add(name))
        {
            Components[name] = component;
        }
    }

    public MapValue Reference(string name) => new() { ["$ref"] = referencePrefix + name };

    /// <summary>A schema as its place shows it: a reference when it has a name.</summary>
    public MapValue Refer(Schema schema)
    {
        if (schema.Name is not { } name)
        {
            return Write(schema);
        }

        if (_known.Add(name))
        {
            _pending.Enqueue(schema);
        }

        return Reference(name);
    }

    public void Drain()
    {
        while (_pending.TryDequeue(out var schema))
        {
            var component = Write(schema);
            if (schema.GroupVersionKinds.Count > 0)
            {
                component["x-kubernetes-group-version-kind"] = new ListValue(schema.GroupVersionKinds.Select(Kind));
            }

            Components[schema.Name!] = component;
        }
    }

    public static Value Kind(GroupVersionKind kind) => new MapValue { ["group"] = kind.Group, ["kind"] = kind.Kind, ["version"] = kind.Version };

    private MapValue Write(Schema schema)
    {
        var value = new MapValue();
        if (schema.IsIntOrString)
        {
            value["oneOf"] = new ListValue { new MapValue { ["type"] = "integer" }, new MapValue { ["type"] = "string" } };
            value["format"] = "int-or-string";
        }
        else if (schema.Type != SchemaType.Any)
        {
            value["type"] = schema.Type.ToString().ToLowerInvariant();
        }

        if (schema.Format.Length > 0)
        {
            value["format"] = schema.Format;
        }

        if (schema.Items is { } items)
        {
            value["items"] = Refer(items);
        }

        if (schema.AdditionalProperties is { } additional)
        {
            value["additionalProperties"] = Refer(additional);
        }

        if (schema.Enum.Count > 0)
        {
            value["enum"] = new ListValue(schema.Enum);
        }

        WriteProperties(schema, value);
        WriteExtensions(schema, value);
        return value;
    }

    private void WriteProperties(Schema schema, MapValue value)
    {
        if (schema.Properties.Count == 0)
        {
            return;
        }

        var properties = new MapValue(schema.Properties.Count);
        var required = new ListValue();
        foreach (var property in schema.Properties)
        {
            var written = Refer(property.Schema);
            if (property.PatchStrategy != PatchStrategy.None || property.PatchMergeKey is not null || property.Default is not null)
            {
                // Siblings of a reference are ignored, so it moves into an allOf.
                written = written.ContainsKey("$ref") ? new MapValue { ["allOf"] = new ListValue { written } } : written;
                WriteMerging(property, written);
            }

            properties[property.Name] = written;
            if (property.IsRequired)
            {
                required.Add(property.Name);
            }
        }

        value["properties"] = properties;
        if (required.Count > 0)
        {
            value["required"] = required;
        }
    }

    private static void WriteMerging(SchemaProperty property, MapValue written)
    {
        if (property.Default is { } fallback)
        {
            written["default"] = fallback;
        }

        if (property.PatchMergeKey is { } key)
        {
            written["x-kubernetes-patch-merge-key"] = key;
        }

        if (property.PatchStrategy != PatchStrategy.None)
        {
            var names = new List<string>();
            if (property.PatchStrategy.HasFlag(PatchStrategy.Merge))
            {
                names.Add("merge");
            }

            if (property.PatchStrategy.HasFlag(PatchStrategy.Replace))
            {
                names.Add("replace");
            }

            if (property.PatchStrategy.HasFlag(PatchStrategy.RetainKeys))
            {
                names.Add("retainKeys");
            }

            written["x-kubernetes-patch-strategy"] = string.Join(',', names);
        }
    }

    private static void WriteExtensions(Schema schema, MapValue value)
    {
        if (schema.ListType != ListType.None)
        {
            value["x-kubernetes-list-type"] = schema.ListType.ToString().ToLowerInvariant();
        }

        if (schema.ListMapKeys.Count > 0)
        {
            value["x-kubernetes-list-map-keys"] = new ListValue(schema.ListMapKeys.Select(k => (Value)k));
        }

        if (schema.MapType != MapType.None)
        {
            value["x-kubernetes-map-type"] = schema.MapType.ToString().ToLowerInvariant();
        }

        if (schema.PreservesUnknownFields)
        {
            value["x-kubernetes-preserve-unknown-fields"] = true;
        }
    }
}

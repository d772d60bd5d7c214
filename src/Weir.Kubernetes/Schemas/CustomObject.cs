using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What an API server does to custom resources before it stores them. Objects are changed in place.</summary>
public static class CustomObject
{
    /// <summary>Drops fields that the schema does not describe and answers their paths, sorted: <c>spec.list[0].field</c>.</summary>
    public static IReadOnlyList<string> Prune(MapValue value, Schema schema)
    {
        var unknown = new List<string>();
        PruneMap(value, schema, "", unknown, isRoot: true);
        unknown.Sort(GoString.Comparer);
        return unknown;
    }

    /// <summary>True when a part of an object has fields that its schema does not describe. The value is not changed.</summary>
    internal static bool HasUnknownFields(Value value, Schema schema)
    {
        var unknown = new List<string>();
        PruneValue(value.DeepClone(), schema, "", unknown);
        return unknown.Count > 0;
    }

    /// <summary>Drops nulls where the schema wants a value and has no default, and fills in defaults.</summary>
    public static void ApplyDefaults(MapValue value, Schema schema)
    {
        DropNulls(value, schema);
        Default(value, schema);
    }

    private static void PruneValue(Value value, Schema? schema, string path, List<string> unknown)
    {
        switch (value)
        {
            case MapValue map:
                PruneMap(map, schema, path, unknown, isRoot: false);
                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    PruneValue(list[i], schema?.PreservesUnknownFields == true ? schema.Items ?? schema : schema?.Items, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), unknown);
                }

                break;
        }
    }

    private static void PruneMap(MapValue map, Schema? schema, string path, List<string> unknown, bool isRoot)
    {
        // Below a place where anything is kept, undescribed values are kept as a whole.
        if (schema is { PreservesUnknownFields: true, Properties.Count: 0, AdditionalProperties: null })
        {
            return;
        }

        var isObject = isRoot || schema?.IsEmbeddedResource == true;
        for (var i = map.Count - 1; i >= 0; i--)
        {
            var (key, value) = map.EntryAt(i);
            var place = path.Length == 0 ? key : $"{path}.{key}";
            if (isObject && key is "apiVersion" or "kind")
            {
                continue;
            }

            if (isObject && key == "metadata" && schema!.Property(key) is not null)
            {
                if (value is MapValue metadata)
                {
                    PruneMetadata(map, metadata, place, unknown);
                }

                continue;
            }

            if (schema?.Field(key) is { } field)
            {
                PruneValue(value, field, place, unknown);
            }
            else if (schema?.PreservesUnknownFields != true)
            {
                unknown.Add(place);
                map.Remove(key);
            }
        }
    }

    /// <summary>Metadata is read as every object's: what it does not know is dropped, empty fields are left out.</summary>
    private static void PruneMetadata(MapValue owner, MapValue metadata, string path, List<string> unknown)
    {
        var decoded = BuiltInObject.Decode(metadata, BuiltInSchemas.ObjectMeta);
        if (decoded.Error is null)
        {
            owner["metadata"] = decoded.Value;
            unknown.AddRange(decoded.UnknownFields.Select(f => $"{path}.{f}"));
        }
    }

    private static void DropNulls(Value value, Schema? schema)
    {
        switch (value)
        {
            case MapValue map:
                for (var i = map.Count - 1; i >= 0; i--)
                {
                    var (key, item) = map.EntryAt(i);
                    var field = schema?.Field(key);
                    if (item.IsNull && field is { IsNullable: false, Default: null } && (field.Type != SchemaType.Any || field.IsIntOrString || !field.PreservesUnknownFields))
                    {
                        map.Remove(key);
                    }
                    else
                    {
                        DropNulls(item, field);
                    }
                }

                break;
            case ListValue list:
                foreach (var item in list)
                {
                    DropNulls(item, schema?.Items);
                }

                break;
        }
    }

    private static void Default(Value value, Schema? schema)
    {
        if (schema is null || schema.Name is not null)
        {
            return;
        }

        switch (value)
        {
            case MapValue map:
                foreach (var property in schema.Properties)
                {
                    if (property.Default is { } wanted && (!map.TryGetValue(property.Name, out var present) || (present.IsNull && !property.Schema.IsNullable)))
                    {
                        map[property.Name] = wanted.DeepClone();
                    }
                }

                for (var i = 0; i < map.Count; i++)
                {
                    var (key, item) = map.EntryAt(i);
                    var field = schema.Field(key);
                    if (item.IsNull && field is { IsNullable: false, Default: { } wanted })
                    {
                        map[key] = item = wanted.DeepClone();
                    }

                    Default(item, field);
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i].IsNull && schema.Items is { IsNullable: false, Default: { } wanted })
                    {
                        list[i] = wanted.DeepClone();
                    }

                    Default(list[i], schema.Items);
                }

                break;
        }
    }
}

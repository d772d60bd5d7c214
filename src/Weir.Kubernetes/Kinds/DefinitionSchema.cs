using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// What must be right in the schema of a CustomResourceDefinition: it is structural, so that every value has one type and
/// one place that describes it, and it asks for nothing that cannot be checked in time.
/// </summary>
internal static class DefinitionSchema
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    /// <summary>What may not stand below <c>allOf</c> and its like, where values are only restricted.</summary>
    private static readonly string[] NotRestricting =
    [
        "additionalProperties", "description", "type", "default", "title", "nullable",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", "x-kubernetes-list-type",
    ];

    public static void Check(MapValue schema, string path, ICollection<FieldError> errors)
    {
        var before = errors.Count;
        Words(schema, path, isRoot: true, errors);
        var type = schema.GetString("type") ?? "";
        if (type.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.type", "must not be empty at the root"));
        }
        else if (type != "object")
        {
            errors.Add(FieldError.Invalid($"{path}.type", type, "must be object at the root"));
        }

        if (schema.GetBool("nullable") == true)
        {
            errors.Add(FieldError.Forbidden($"{path}.nullable", "nullable cannot be true at the root"));
        }

        Structure(schema, path, "", errors);
        if (errors.Count == before)
        {
            DefinitionDefaults.Check(schema, path, errors);
        }

        DefinitionRules.Check(schema, path, isStructural: errors.Count == before, errors);
    }

    /// <summary>Keywords: unknown types, what is never allowed, and the extensions' own conditions.</summary>
    private static void Words(MapValue schema, string path, bool isRoot, ICollection<FieldError> errors)
    {
        if (schema.GetBool("uniqueItems") == true)
        {
            errors.Add(FieldError.Forbidden($"{path}.uniqueItems", "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
        }

        if (schema.GetMap("additionalProperties") is not null && schema.GetMap("properties") is { Count: > 0 })
        {
            errors.Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive"));
        }

        if (schema["additionalProperties"] is BoolValue { Value: false })
        {
            errors.Add(FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties cannot be set to false"));
        }

        var type = schema.GetString("type") ?? "";
        if (type == "null")
        {
            errors.Add(FieldError.Forbidden($"{path}.type", "type cannot be set to null, use nullable as an alternative"));
        }
        else if (type.Length > 0 && !Types.Contains(type))
        {
            errors.Add(FieldError.NotSupported($"{path}.type", type, Types));
        }

        if (schema["items"] is ListValue)
        {
            errors.Add(FieldError.Forbidden($"{path}.items", "items must be a schema object and not an array"));
        }

        foreach (var (word, why) in ((string, string)[])
                 [("definitions", "definitions is not supported"), ("dependencies", "dependencies is not supported"), ("patternProperties", "patternProperties is not supported"),
                  ("additionalItems", "additionalItems is not supported"), ("$ref", "$ref is not supported")])
        {
            if (schema[word] is not (null or NullValue or StringValue { Value: "" } or MapValue { Count: 0 }))
            {
                errors.Add(FieldError.Forbidden($"{path}.{word}", why));
            }
        }

        ListWords(schema, path, type, errors);
        MapWords(schema, path, type, errors);
        if (schema.GetBool("x-kubernetes-preserve-unknown-fields") == false)
        {
            errors.Add(FieldError.Invalid($"{path}.x-kubernetes-preserve-unknown-fields", false, "must be true or undefined"));
        }

        if (schema.GetBool("x-kubernetes-embedded-resource") == true && !isRoot && type != "object" && type.Length > 0)
        {
            errors.Add(FieldError.Invalid($"{path}.type", type, "must be object if x-kubernetes-embedded-resource is true"));
        }

        ForEach(schema, path, (child, place) => Words(child, place, isRoot: false, errors));
    }

    private static void ListWords(MapValue schema, string path, string type, ICollection<FieldError> errors)
    {
        var keys = schema.GetList("x-kubernetes-list-map-keys");
        switch (schema.GetString("x-kubernetes-list-type"))
        {
            case null:
                if (keys is { Count: > 0 })
                {
                    errors.Add(FieldError.Required($"{path}.x-kubernetes-list-type", "must be map if x-kubernetes-list-map-keys is non-empty"));
                }

                return;
            case var list when list is not ("atomic" or "set" or "map"):
                errors.Add(FieldError.NotSupported($"{path}.x-kubernetes-list-type", list, ["atomic", "set", "map"]));
                return;
            case var list:
                if (type != "array")
                {
                    errors.Add(type.Length == 0
                        ? FieldError.Required($"{path}.type", "must be array if x-kubernetes-list-type is specified")
                        : FieldError.Invalid($"{path}.type", type, "must be array if x-kubernetes-list-type is specified"));
                }

                if (list != "map")
                {
                    if (keys is { Count: > 0 })
                    {
                        errors.Add(FieldError.Invalid($"{path}.x-kubernetes-list-type", list, "must be map if x-kubernetes-list-map-keys is non-empty"));
                    }

                    return;
                }

                break;
        }

        var items = schema.GetMap("items");
        if (items is null)
        {
            errors.Add(FieldError.Required($"{path}.items", "must have a schema if x-kubernetes-list-type is map"));
            return;
        }

        if (items.GetString("type") is { Length: > 0 } itemType && itemType != "object")
        {
            errors.Add(FieldError.Invalid($"{path}.items.type", itemType, "must be object if parent array's x-kubernetes-list-type is map"));
        }

        if (keys is not { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map"));
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Count; i++)
        {
            var key = (keys[i] as StringValue)?.Value ?? "";
            if (items.GetMap("properties")?.GetMap(key) is not { } property)
            {
                errors.Add(FieldError.Invalid(Place($"{path}.x-kubernetes-list-map-keys", i), key, "must be a defined property of items"));
                continue;
            }

            if (property.GetString("type") is "array" or "object")
            {
                errors.Add(FieldError.Invalid($"{path}.items.properties[{key}].type", property["type"], "must be a scalar type if parent array's x-kubernetes-list-type is map"));
            }

            if (property.GetBool("nullable") == true)
            {
                errors.Add(FieldError.Forbidden($"{path}.items.properties[{key}].nullable", "this property is a key property of a list map and must not be nullable"));
            }

            if (!seen.Add(key))
            {
                errors.Add(FieldError.Duplicate(Place($"{path}.x-kubernetes-list-map-keys", i), key));
            }

            var isRequired = items.GetList("required")?.Contains(new StringValue(key)) == true;
            if (!isRequired && property["default"] is null)
            {
                errors.Add(FieldError.Required($"{path}.items.properties[{key}].default", "this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property"));
            }
        }
    }

    private static void MapWords(MapValue schema, string path, string type, ICollection<FieldError> errors)
    {
        if (schema.GetString("x-kubernetes-map-type") is not { } map)
        {
            return;
        }

        if (map is not ("atomic" or "granular"))
        {
            errors.Add(FieldError.NotSupported($"{path}.x-kubernetes-map-type", map, ["atomic", "granular"]));
        }

        if (type != "object")
        {
            errors.Add(type.Length == 0
                ? FieldError.Required($"{path}.type", "must be object if x-kubernetes-map-type is specified")
                : FieldError.Invalid($"{path}.type", type, "must be object if x-kubernetes-map-type is specified"));
        }
    }

    /// <summary>Every value has a type, and what only restricts declares nothing.</summary>
    private static void Structure(MapValue schema, string path, string role, ICollection<FieldError> errors)
    {
        var isAny = schema.GetBool("x-kubernetes-int-or-string") == true || schema.GetBool("x-kubernetes-preserve-unknown-fields") == true;
        var type = schema.GetString("type") ?? "";
        if (role.Length > 0 && type.Length == 0 && !isAny)
        {
            errors.Add(FieldError.Required($"{path}.type", $"must not be empty for specified {role}"));
        }

        if (schema.GetBool("x-kubernetes-int-or-string") == true && type.Length > 0)
        {
            errors.Add(FieldError.Invalid($"{path}.type", type, "must be empty if x-kubernetes-int-or-string is true"));
        }

        if (type == "array" && schema["items"] is null or NullValue && type == "array")
        {
            errors.Add(FieldError.Required($"{path}.items", "must be specified"));
        }

        if (schema.GetBool("x-kubernetes-embedded-resource") == true && schema.GetBool("x-kubernetes-preserve-unknown-fields") != true
            && schema.GetMap("properties") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.properties", "must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields"));
        }

        if (role.Length == 0 || schema.GetBool("x-kubernetes-embedded-resource") == true)
        {
            Metadata(schema, path, errors);
        }

        if (schema.GetBool("x-kubernetes-int-or-string") != true)
        {
            Restrictions(schema, schema, path, errors);
        }

        foreach (var (name, item) in schema.GetMap("properties") ?? [])
        {
            if (item is MapValue child)
            {
                Structure(child, $"{path}.properties[{name}]", "object fields", errors);
            }
        }

        if (schema.GetMap("items") is { } items)
        {
            Structure(items, $"{path}.items", "array items", errors);
        }

        if (schema.GetMap("additionalProperties") is { } values)
        {
            Structure(values, $"{path}.additionalProperties", "object fields", errors);
        }
    }

    private static void Metadata(MapValue schema, string path, ICollection<FieldError> errors)
    {
        if (schema.GetMap("properties")?.GetMap("metadata") is not { } metadata)
        {
            return;
        }

        var place = $"{path}.properties[metadata]";
        var allowed = metadata.GetMap("properties") ?? [];
        if (allowed.Keys.Any(k => k is not ("name" or "generateName")))
        {
            errors.Add(FieldError.Forbidden(place, "must not specify anything other than name and generateName, but metadata is implicitly specified"));
        }

        if (metadata.GetString("type") is { Length: > 0 } type && type != "object")
        {
            errors.Add(FieldError.Invalid($"{place}.type", type, "must be object"));
        }
    }

    private static void Restrictions(MapValue schema, MapValue described, string path, ICollection<FieldError> errors)
    {
        foreach (var word in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            var list = schema.GetList(word) ?? [];
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is MapValue item)
                {
                    Restriction(item, described, Place($"{path}.{word}", i), path, errors);
                }
            }
        }

        if (schema.GetMap("not") is { } not)
        {
            Restriction(not, described, $"{path}.not", path, errors);
        }
    }

    /// <summary>Inside allOf and its like: nothing is declared, and every field that is named is declared outside.</summary>
    private static void Restriction(MapValue schema, MapValue? described, string path, string outside, ICollection<FieldError> errors)
    {
        foreach (var word in NotRestricting)
        {
            if (schema[word] is not (null or NullValue or StringValue { Value: "" } or BoolValue { Value: false }))
            {
                errors.Add(FieldError.Forbidden($"{path}.{word}", word == "additionalProperties" || word == "type" || !word.StartsWith("x-", StringComparison.Ordinal)
                    ? "must be empty to be structural"
                    : word == "x-kubernetes-list-type" ? "must be undefined to be structural" : "must be false to be structural"));
            }
        }

        foreach (var (name, item) in schema.GetMap("properties") ?? [])
        {
            if (item is not MapValue child)
            {
                continue;
            }

            var known = described?.GetMap("properties")?.GetMap(name) ?? described?.GetMap("additionalProperties");
            if (known is null)
            {
                errors.Add(FieldError.Required($"{outside}.properties[{name}]", $"because it is defined in {path}.properties[{name}]"));
            }

            Restriction(child, known, $"{path}.properties[{name}]", $"{outside}.properties[{name}]", errors);
        }

        if (schema.GetMap("items") is { } items)
        {
            var known = described?.GetMap("items");
            if (known is null)
            {
                errors.Add(FieldError.Required($"{outside}.items", $"because it is defined in {path}.items"));
            }

            Restriction(items, known, $"{path}.items", $"{outside}.items", errors);
        }

        foreach (var word in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            var list = schema.GetList(word) ?? [];
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is MapValue item)
                {
                    Restriction(item, described, Place($"{path}.{word}", i), outside, errors);
                }
            }
        }

        if (schema.GetMap("not") is { } not)
        {
            Restriction(not, described, $"{path}.not", outside, errors);
        }
    }

    private static void ForEach(MapValue schema, string path, Action<MapValue, string> visit)
    {
        foreach (var (name, item) in schema.GetMap("properties") ?? [])
        {
            if (item is MapValue child)
            {
                visit(child, $"{path}.properties[{name}]");
            }
        }

        foreach (var word in (ReadOnlySpan<string>)["items", "additionalProperties", "not"])
        {
            if (schema.GetMap(word) is { } child)
            {
                visit(child, $"{path}.{word}");
            }
        }

        foreach (var word in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            var list = schema.GetList(word) ?? [];
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i] is MapValue item)
                {
                    visit(item, Place($"{path}.{word}", i));
                }
            }
        }
    }

    private static string Place(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}

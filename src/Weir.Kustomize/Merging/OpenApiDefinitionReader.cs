using Weir.Values;

namespace Weir.Kustomize.Merging;

/// <summary>Reads merge types from the definitions of an OpenAPI document; definitions may refer to themselves.</summary>
internal sealed class OpenApiDefinitionReader(MapValue definitions)
{
    private const int MaxReferences = 32;

    private readonly Dictionary<string, MergeType> _named = new(StringComparer.Ordinal);

    /// <summary>The type of a definition.</summary>
    public MergeType Read(string name)
    {
        if (_named.TryGetValue(name, out var type))
        {
            return type;
        }

        _named[name] = type = new MergeType();
        if (definitions[name] is MapValue definition)
        {
            Fill(type, definition);
        }

        return type;
    }

    private void Fill(MergeType type, MapValue schema)
    {
        if (schema["properties"] is MapValue properties)
        {
            foreach (var (name, property) in properties)
            {
                if (property is MapValue map && Convert(map) is { } field)
                {
                    type.Fields[name] = field;
                }
            }
        }

        if (schema["additionalProperties"] is MapValue any)
        {
            type.AnyField = Convert(any);
        }
    }

    private MergeType? Convert(MapValue schema)
    {
        var references = 0;
        while (schema.GetString("$ref") is { } reference)
        {
            const string prefix = "#/definitions/";
            if (!reference.StartsWith(prefix, StringComparison.Ordinal) || references++ == MaxReferences)
            {
                return null;
            }

            var name = reference[prefix.Length..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (definitions[name] is not MapValue target)
            {
                return null;
            }

            if (!target.ContainsKey("$ref") && !IsList(target))
            {
                return Read(name);
            }

            schema = target;
        }

        if (IsList(schema))
        {
            return new MergeType
            {
                IsMergingList = (schema.GetString("x-kubernetes-patch-strategy") ?? "").Split(',').Contains("merge"),
                Keys = Keys(schema),
                Items = schema["items"] is MapValue items ? Convert(items) : null,
            };
        }

        var type = new MergeType();
        Fill(type, schema);
        return type;
    }

    private static bool IsList(MapValue schema) => schema.GetString("type") == "array";

    private static IReadOnlyList<string> Keys(MapValue schema)
    {
        if (schema["x-kubernetes-list-map-keys"] is ListValue keys)
        {
            return [.. keys.OfType<StringValue>().Select(k => k.Value)];
        }

        return schema.GetString("x-kubernetes-patch-merge-key") is { } key ? [key] : [];
    }
}

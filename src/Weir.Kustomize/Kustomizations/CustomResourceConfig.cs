using Weir.Kubernetes;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Loading;
using Weir.Kustomize.Nodes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Kustomizations;

/// <summary>Reads the files of the <c>crds</c> field: OpenAPI definitions whose extensions say which fields are names, labels and annotations.</summary>
internal static class CustomResourceConfig
{
    private const int MaxDepth = 64;

    public static TransformerConfig Read(Loader loader, IReadOnlyList<string> paths)
    {
        var result = TransformerConfig.Empty;
        foreach (var path in paths)
        {
            foreach (var config in ReadFile(loader.LoadText(path), path, loader.Display(path)))
            {
                result = result.Merge(config);
            }
        }

        return result;
    }

    private static IEnumerable<TransformerConfig> ReadFile(string text, string path, string file)
    {
        var parsed = YamlReader.Read(text, new YamlReadOptions { File = file });
        if (!parsed.TryGet(out var root))
        {
            throw NodeReader.Malformed(parsed.Diagnostics).Wrap($"unable to parse open API definition from '{path}'");
        }

        var types = new Dictionary<string, MapValue>(StringComparer.Ordinal);
        foreach (var (name, value) in root as MapValue ?? [])
        {
            if (value is not (MapValue or NullValue))
            {
                throw new BuildFailure(
                    $"unable to parse open API definition from '{path}': error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {(value is ListValue ? "array" : "string")} into Go value of type accumulator.OpenAPIDefinition",
                    value.Span,
                    "crds takes OpenAPI definitions; list CustomResourceDefinitions under resources")
                {
                    Code = "kustomize-crds",
                };
            }

            types[name] = Field(value as MapValue, "schema") as MapValue ?? [];
        }

        foreach (var (name, schema) in types)
        {
            if (schema["properties"] is MapValue properties
                && properties.ContainsKey("kind") && properties.ContainsKey("apiVersion") && properties.ContainsKey("metadata"))
            {
                yield return Convert(types, name);
            }
        }
    }

    private static TransformerConfig Convert(Dictionary<string, MapValue> types, string name)
    {
        var reader = new Reader(types, new GroupVersionKind("", "", name[(name.LastIndexOf('.') + 1)..]));
        reader.Walk(name, []);
        return reader.Config;
    }

    private static Value? Field(MapValue? map, string name)
    {
        foreach (var (key, value) in map ?? [])
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private sealed class Reader(Dictionary<string, MapValue> types, GroupVersionKind kind)
    {
        public TransformerConfig Config { get; private set; } = TransformerConfig.Empty;

        public void Walk(string typeName, IReadOnlyList<string> path)
        {
            if (!types.TryGetValue(typeName, out var type) || type["properties"] is not MapValue properties)
            {
                return;
            }

            if (path.Count >= MaxDepth)
            {
                throw new BuildFailure($"the definition {typeName} refers to itself", type.Span) { Code = "kustomize-crds" };
            }

            foreach (var (name, value) in properties)
            {
                if (value is not MapValue property)
                {
                    continue;
                }

                string[] here = [.. path, name];
                Add(property, here);
                if (property.GetString("$ref") is { } reference)
                {
                    Walk(reference, here);
                }
            }
        }

        private void Add(MapValue property, string[] path)
        {
            var field = new FieldSpec(kind, string.Join('/', path));
            if (Field(property, "x-kubernetes-annotation") is StringValue)
            {
                Config = Config with { CommonAnnotations = Config.CommonAnnotations.MergeOne(field) };
            }

            if (Field(property, "x-kubernetes-label-selector") is StringValue)
            {
                Config = Config with { CommonLabels = Config.CommonLabels.MergeOne(field) };
            }

            if (Field(property, "x-kubernetes-identity") is StringValue)
            {
                Config = Config with { NamePrefix = Config.NamePrefix.MergeOne(field) };
            }

            if (Field(property, "x-kubernetes-object-ref-api-version") is StringValue version
                && Field(property, "x-kubernetes-object-ref-kind") is StringValue target)
            {
                var key = Field(property, "x-kubernetes-object-ref-name-key") is StringValue given ? given.Value : "name";
                Config = Config.WithNameReference(new NameReference(
                    new GroupVersionKind("", version.Value, target.Value),
                    [new FieldSpec(kind, $"{field.Path}/{key}")]));
            }
        }
    }
}

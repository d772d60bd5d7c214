using Weir.Kustomize.Nodes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Merging;

/// <summary>
/// The schema of one build: that of Kubernetes 1.21, or the one that <c>openapi.path</c> names in its place.
/// The first kustomization of a build that sets it, outermost first, wins.
/// </summary>
internal sealed class OpenApiSchema
{
    private const string GroupVersionKindKey = "x-kubernetes-group-version-kind";

    private Dictionary<(string ApiVersion, string Kind), MergeType>? _custom;
    private Dictionary<(string ApiVersion, string Kind), bool>? _customNamespaced;
    private bool _isSet;

    /// <summary>The type of a kind, or nothing when the schema does not know it.</summary>
    public MergeType? Find(string apiVersion, string kind)
    {
        if (apiVersion.Length == 0 || kind.Length == 0)
        {
            return null;
        }

        return _custom is null
            ? BuiltInMergeTypes.Find(apiVersion, kind)
            : _custom.GetValueOrDefault((apiVersion, kind))
                ?? (apiVersion.StartsWith("kustomize.config.k8s.io/", StringComparison.Ordinal) ? BuiltInMergeTypes.Find(apiVersion, kind) : null);
    }

    /// <summary>True only for kinds that are known to have no namespace.</summary>
    public bool IsClusterScoped(string apiVersion, string kind)
    {
        if (BuiltInScopes.IsKnown(apiVersion, kind))
        {
            return BuiltInScopes.IsClusterScoped(apiVersion, kind);
        }

        return _customNamespaced is not null && _customNamespaced.TryGetValue((apiVersion, kind), out var isNamespaced) && !isNamespaced;
    }

    /// <summary>
    /// Applies the <c>openapi</c> field of a kustomization. <paramref name="text"/> is the file behind its path.
    /// </summary>
    public void Set(string? version, string? text, string? file)
    {
        if (_isSet)
        {
            return;
        }

        if (text is not null)
        {
            if (version is not null)
            {
                throw new BuildFailure("builtin version and custom schema provided, cannot use both") { Code = "kustomize-openapi" };
            }

            _isSet = true;
            Read(text, file);
            return;
        }

        if (string.IsNullOrEmpty(version))
        {
            return;
        }

        _isSet = true;
        if (version != "v1.21.2")
        {
            throw new BuildFailure("the specified OpenAPI version is not built in", hint: "the built-in version is v1.21.2")
            {
                Code = "kustomize-openapi",
            };
        }
    }

    private void Read(string text, string? file)
    {
        var parsed = YamlReader.Read(text, new YamlReadOptions { File = file });
        if (!parsed.TryGet(out var root))
        {
            throw NodeReader.Malformed(parsed.Diagnostics).Wrap("invalid schema file");
        }

        _custom = [];
        _customNamespaced = [];
        if (root.At("definitions") is MapValue definitions)
        {
            var reader = new OpenApiDefinitionReader(definitions);
            foreach (var (name, definition) in definitions)
            {
                foreach (var kind in Kinds(definition.At(GroupVersionKindKey) as ListValue))
                {
                    _custom[kind] = reader.Read(name);
                }
            }
        }

        if (root.At("paths") is MapValue paths)
        {
            foreach (var (path, item) in paths)
            {
                if (item.At("get", GroupVersionKindKey) is MapValue kind && ToKind(kind) is { } key)
                {
                    _customNamespaced[key] = path.Contains("namespaces/{namespace}", StringComparison.Ordinal)
                        || _customNamespaced.GetValueOrDefault(key);
                }
            }
        }
    }

    private static IEnumerable<(string ApiVersion, string Kind)> Kinds(ListValue? list)
    {
        foreach (var item in list ?? [])
        {
            if (item is MapValue map && ToKind(map) is { } kind)
            {
                yield return kind;
            }
        }
    }

    private static (string ApiVersion, string Kind)? ToKind(MapValue map)
    {
        var (version, kind) = (map.GetString("version"), map.GetString("kind"));
        if (version is null || kind is null)
        {
            return null;
        }

        return (map.GetString("group") is { Length: > 0 } group ? $"{group}/{version}" : version, kind);
    }
}

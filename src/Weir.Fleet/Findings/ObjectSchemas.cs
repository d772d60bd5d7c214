using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// What an API server would refuse of a cluster's objects: by the schemas and rules of built-in kinds, and by those of every
/// CustomResourceDefinition that the fleet itself brings, with its CEL rules. Kinds that neither knows are not looked at.
/// </summary>
internal sealed class ObjectSchemas(BuiltCluster cluster)
{
    private readonly Dictionary<GroupVersionKind, Schema?> _schemas = [];

    // Most changes touch built-in kinds alone: then no definition is looked for.
    private Dictionary<(string Group, string Kind), MapValue>? _definitions;

    /// <summary>All that is wrong with an object, each with its field; nothing when all is well or the kind is not known.</summary>
    public IReadOnlyList<string> Check(MapValue value)
    {
        var kind = value.GroupVersionKind();
        return BuiltInSchemas.Find(kind) is { } schema ? CheckBuiltIn(value, kind, schema)
            : Find(kind) is { } custom ? CheckCustom(value, custom)
            : [];
    }

    private static List<string> CheckBuiltIn(MapValue value, GroupVersionKind kind, Schema schema)
    {
        var decoded = BuiltInObject.Decode(value, schema);
        if (decoded.Error is { } error)
        {
            return [error];
        }

        var found = decoded.UnknownFields.Select(static f => $"{f}: field not declared in schema").ToList();
        var errors = new List<FieldError>();
        var rules = BuiltInKinds.Find(kind.Group, kind.Kind);
        rules.Default(decoded.Value);
        rules.Validate(decoded.Value, errors);
        rules.ValidateCreate(decoded.Value, errors);
        found.AddRange(errors.Select(static e => e.ToString()));
        return found;
    }

    private static List<string> CheckCustom(MapValue value, Schema schema)
    {
        var copy = value.DeepClone();
        var found = CustomObject.Prune(copy, schema).Select(static f => $"{f}: field not declared in schema").ToList();
        CustomObject.ApplyDefaults(copy, schema);
        found.AddRange(CustomValidation.Validate(copy, schema).Select(static e => e.ToString()));
        return found;
    }

    private Schema? Find(GroupVersionKind kind)
    {
        if (!_schemas.TryGetValue(kind, out var schema))
        {
            _schemas[kind] = schema = Read(kind);
        }

        return schema;
    }

    private Schema? Read(GroupVersionKind kind)
    {
        _definitions ??= Definitions();
        var version = _definitions.GetValueOrDefault((kind.Group, kind.Kind))?.GetList("versions")?.OfType<MapValue>()
            .FirstOrDefault(v => v.GetString("name") == kind.Version && v.GetBool("served") != false);
        return version?.GetMap("schema")?.GetMap("openAPIV3Schema") is { } schema ? CustomSchema.ReadObject(schema) : null;
    }

    private Dictionary<(string Group, string Kind), MapValue> Definitions()
    {
        var definitions = new Dictionary<(string Group, string Kind), MapValue>();
        foreach (var value in cluster.Units.SelectMany(static u => u.Objects))
        {
            if (value.GroupVersionKind() is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" } && value.GetMap("spec") is { } spec)
            {
                definitions[(spec.GetString("group") ?? "", spec.GetMap("names")?.GetString("kind") ?? "")] = spec;
            }
        }

        return definitions;
    }
}

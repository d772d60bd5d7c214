using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// A place in a schema as structured merge sees it. Objects without declared fields, and fields below
/// <c>x-kubernetes-preserve-unknown-fields</c> that nothing declares, merge key by key; lists in them are atomic.
/// </summary>
internal readonly struct MergeNode
{
    private const string RawExtension = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    // Undescribed values: maps merge by key and hold the same; lists are one value.
    private static readonly Schema Deduced = new();

    // Undescribed values below an atomic one.
    private static readonly Schema Untyped = new() { MapType = MapType.Atomic, ListType = ListType.Atomic };

    private readonly Schema _schema;
    private readonly bool _preserves;

    private MergeNode(Schema schema, bool preserves)
    {
        _schema = schema;
        _preserves = preserves;
    }

    public bool IsAtomicMap => _schema.MapType == MapType.Atomic;

    public bool IsAtomicList => _schema.ListType is not (ListType.Map or ListType.Set);

    /// <summary>The keys of list items; empty for a set.</summary>
    public IReadOnlyList<string> Keys => _schema.ListType == ListType.Map ? _schema.ListMapKeys : [];

    public SchemaType Type => _schema.Type;

    public bool IsUntypedScalar => _schema.IsIntOrString || _schema.Format.Length > 0 && _schema.Format != "byte";

    /// <summary>An object without declared fields whose values nothing describes.</summary>
    public bool IsDeducedMap => ReferenceEquals(_schema, Deduced) || (_schema.Properties.Count == 0 && _schema.AdditionalProperties is null && AcceptsMap);

    private bool AcceptsMap => _schema.Type is SchemaType.Any or SchemaType.Object;

    private bool AcceptsList => _schema.Type is SchemaType.Any or SchemaType.Array;

    private bool AcceptsScalar => _schema.Type is not (SchemaType.Object or SchemaType.Array);

    public static MergeNode Root(Schema schema) => Of(schema, false);

    /// <summary>Whether a value here is handled as a map, a list or a scalar; by what the schema accepts when the value is null or does not fit.</summary>
    public MergeShape ShapeOf(Value? value) => value switch
    {
        MapValue when AcceptsMap => MergeShape.Map,
        ListValue when AcceptsList => MergeShape.List,
        not (null or NullValue or MapValue or ListValue) when AcceptsScalar => MergeShape.Scalar,
        _ => AcceptsMap ? MergeShape.Map : AcceptsScalar ? MergeShape.Scalar : MergeShape.List,
    };

    public bool Declares(string name) => AcceptsMap && _schema.Property(name) is not null;

    /// <summary>The node of a key of a map, or <see langword="null"/> when the schema has no such field.</summary>
    public MergeNode? Field(string name) => Field(name, out _, out _);

    /// <summary>The same, with the step that leads there and whether the schema declares the field by name.</summary>
    public MergeNode? Field(string name, out PathElement step, out bool isDeclared)
    {
        isDeclared = false;
        if (ReferenceEquals(_schema, Deduced) || ReferenceEquals(_schema, Untyped))
        {
            step = PathElement.Field(name);
            return this;
        }

        if (_schema.Property(name) is { } property)
        {
            step = property.PathElement;
            isDeclared = true;
            return Of(property.Schema, _preserves);
        }

        step = PathElement.Field(name);
        return _schema.AdditionalProperties is { } values ? Of(values, _preserves)
            : _preserves || _schema.Properties.Count == 0 ? new(Deduced, false)
            : null;
    }

    public MergeNode Item() => _schema.Items is { } items ? Of(items, _preserves) : new(Untyped, false);

    /// <summary>The node that a step of a path leads to.</summary>
    public MergeNode? Step(PathElement element) =>
        element.FieldName is { } name ? (AcceptsMap ? Field(name) : null)
        : element.IsKey && AcceptsList ? Item() : null;

    /// <summary>The path element of a list item, or <see langword="null"/> with the reason.</summary>
    public PathElement? ElementOf(Value item, out string error)
    {
        error = "";
        if (_schema.ListType == ListType.Set)
        {
            error = item switch
            {
                MapValue => "associative list without keys has an element that's a map type",
                ListValue => "not supported: associative list with lists as elements",
                NullValue => "associative list without keys has an element that's an explicit null",
                _ => "",
            };
            return error.Length == 0 ? PathElement.Item(item) : null;
        }

        if (item is not MapValue map)
        {
            error = item.IsNull
                ? "associative list with keys may not have a null element"
                : "associative list with keys may not have non-map elements";
            return null;
        }

        var names = _schema.ListMapKeys;
        var keys = new List<PathKey>(names.Count);
        foreach (var name in names)
        {
            if (map.TryGetValue(name, out var value) || (value = _schema.Items?.Property(name)?.Default) is not null)
            {
                keys.Add(new(name, value));
            }
        }

        if (keys.Count == 0)
        {
            error = $"associative list with keys has an element that omits all key fields [{string.Join(' ', names.Select(GoQuote.Quote))}] (and doesn't have default values for any key fields)";
            return null;
        }

        return PathElement.Key([.. keys]);
    }

    // A named type stands for itself: what surrounds it does not make it keep unknown fields.
    private static MergeNode Of(Schema schema, bool preserves) => schema.Name == RawExtension
        ? new(Untyped, false)
        : new(schema, schema.PreservesUnknownFields || (preserves && schema.Name is null));
}

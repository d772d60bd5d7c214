using Weir.Kubernetes;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Selecting;

/// <summary>
/// Selects resources by patterns of kind, name and namespace and by labels and annotations. What is not given
/// selects all. Names match by the first one a resource had, or its present one.
/// </summary>
internal sealed class Selector
{
    private readonly Pattern? _group;
    private readonly Pattern? _version;
    private readonly Pattern? _kind;
    private readonly Pattern? _name;
    private readonly Pattern? _namespace;
    private readonly LabelSelector? _labels;
    private readonly LabelSelector? _annotations;

    private Selector(MapValue fields)
    {
        Fields = fields;
        _group = Compile(fields.Text("group"));
        _version = Compile(fields.Text("version"));
        _kind = Compile(fields.Text("kind"));
        _name = Compile(fields.Text("name"));
        _namespace = Compile(fields.Text("namespace"));
        _labels = fields.Text("labelSelector") is { Length: > 0 } labels ? LabelSelector.Parse(labels) : null;
        _annotations = fields.Text("annotationSelector") is { Length: > 0 } annotations ? LabelSelector.Parse(annotations) : null;
    }

    public MapValue Fields { get; }

    public string Name => Fields.Text("name");

    /// <summary>True when kind, name and namespace are all open.</summary>
    public bool IsIdEmpty => _group is null && _version is null && _kind is null && _name is null && _namespace is null;

    /// <summary>True when labels or annotations are asked for.</summary>
    public bool HasLabelsOrAnnotations => _labels is not null || _annotations is not null;

    /// <summary>A selector; patterns and label expressions that cannot be read are a failure.</summary>
    public static Selector Parse(MapValue fields)
    {
        try
        {
            return new Selector(fields);
        }
        catch (BuildFailure failure)
        {
            throw failure.At(fields.Span);
        }
    }

    public bool Selects(Resource resource)
    {
        if (!MatchesKind(resource.Gvk))
        {
            return false;
        }

        if (_namespace is not null || _name is not null)
        {
            var current = resource.CurrentId;
            var original = resource.OriginalId;
            if (!MatchesNamespace(original.EffectiveNamespace) && !MatchesNamespace(current.EffectiveNamespace))
            {
                return false;
            }

            if (!MatchesName(original.Name) && !MatchesName(current.Name))
            {
                return false;
            }
        }

        return MatchesLabelsAndAnnotations(resource);
    }

    /// <summary>Kind, name and namespace of one id.</summary>
    public bool MatchesId(in ResourceId id) => MatchesKind(id.Gvk) && MatchesName(id.Name) && MatchesNamespace(id.Namespace);

    public bool MatchesLabelsAndAnnotations(Resource resource) =>
        (_labels is null || _labels.Matches(resource.MetadataMap("labels")))
        && (_annotations is null || _annotations.Matches(resource.MetadataMap("annotations")));

    /// <summary>The selector as kustomize prints it.</summary>
    public override string ToString()
    {
        var kind = new GroupVersionKind(Fields.Text("group"), Fields.Text("version"), Fields.Text("kind"));
        var id = new ResourceId(kind, Fields.Text("name"), Fields.Text("namespace"));
        return $"{id}:a={Fields.Text("annotationSelector")}:l={Fields.Text("labelSelector")}";
    }

    /// <summary>The selector in words: <c>kind Deployment, name web</c>.</summary>
    public string Describe() => Describe(Fields);

    /// <summary>What a selector asks for, in words.</summary>
    public static string Describe(MapValue fields)
    {
        var parts = new List<string>();
        foreach (var (key, value) in fields)
        {
            if (value.ToString() is { Length: > 0 } text)
            {
                parts.Add($"{key} {text}");
            }
        }

        return parts.Count == 0 ? "anything" : string.Join(", ", parts);
    }

    private static Pattern? Compile(string pattern) => pattern.Length == 0 ? null : Pattern.CompileAnchored(pattern);

    private bool MatchesKind(GroupVersionKind kind) =>
        (_kind is null || _kind.IsMatch(kind.Kind))
        && (_group is null || _group.IsMatch(kind.Group))
        && (_version is null || _version.IsMatch(kind.Version));

    private bool MatchesName(string name) => _name is null || _name.IsMatch(name);

    private bool MatchesNamespace(string name) => _namespace is null || _namespace.IsMatch(name);
}

using Weir.Kubernetes;
using Weir.Kustomize.Merging;
using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Resources;

/// <summary>
/// An object on its way through the build, with what kustomize remembers of it in internal annotations:
/// the names it had, the prefixes and suffixes it got, how it was generated.
/// </summary>
internal sealed class Resource(MapValue value, OpenApiSchema schema)
{
    private string? _apiVersion;
    private string? _kind;
    private GroupVersionKind _gvk;
    private bool _isClusterScoped;
    private List<(MapValue Map, string Key)>? _unquotedKeys;

    /// <summary>The object; empty once a patch deleted it.</summary>
    public MapValue Object { get; set; } = value;

    public List<PreviousId> Previous { get; private set; } = [];

    public List<string> Prefixes { get; private set; } = [];

    public List<string> Suffixes { get; private set; } = [];

    /// <summary>The vars that take their value from this object.</summary>
    public List<string> VarNames { get; private set; } = [];

    /// <summary>How a generator wants its result to meet one of the same name: create, replace, merge or nothing said.</summary>
    public string Behavior { get; set; } = "";

    public bool NeedsHash { get; set; }

    /// <summary>On a patch: it may give its target another name.</summary>
    public bool AllowsNameChange { get; set; }

    /// <summary>On a patch: it may give its target another kind.</summary>
    public bool AllowsKindChange { get; set; }

    /// <summary>Rendered by Helm, which sets the namespace itself.</summary>
    public bool IsHelmGenerated { get; set; }

    /// <summary>Where it is written when that is inside another file; else its object knows.</summary>
    public SourceSpan Place { get; set; }

    /// <summary>A patch deleted everything.</summary>
    public bool IsEmpty => Object.Count == 0;

    /// <summary>True when kustomize would hold an internal annotation on the object.</summary>
    public bool HasBuildState =>
        Previous.Count > 0 || Prefixes.Count > 0 || Suffixes.Count > 0 || Behavior.Length > 0 || NeedsHash || IsHelmGenerated;

    public string Name => MetadataText("name");

    public string Namespace => MetadataText("namespace");

    public string Kind => Scalar.Text(Object["kind"]);

    public GroupVersionKind Gvk
    {
        get
        {
            Identify();
            return _gvk;
        }
    }

    public bool IsClusterScoped
    {
        get
        {
            Identify();
            return _isClusterScoped;
        }
    }

    /// <summary>The id by the present content.</summary>
    public ResourceId CurrentId => new(Gvk, Name, Namespace, IsClusterScoped);

    /// <summary>The first id it had.</summary>
    public ResourceId OriginalId => Previous.Count > 0 ? ToId(Previous[0]) : CurrentId;

    /// <summary>An earlier id; with the present version, as kustomize keeps no other.</summary>
    public ResourceId ToId(PreviousId previous) => new(Gvk with { Kind = previous.Kind }, previous.Name, previous.Namespace);

    /// <summary>Remembers the present id as an earlier one.</summary>
    public void StorePreviousId()
    {
        var id = CurrentId;
        Previous.Add(new PreviousId(id.Name, id.EffectiveNamespace, id.Gvk.Kind));
    }

    public void SetName(string name) => Node.SetText(Node.GetOrCreateMap(Object, "metadata"), "name", name);

    public void SetKind(string kind) => Node.SetText(Object, "kind", kind);

    public void SetApiVersion(string apiVersion) => Node.SetText(Object, "apiVersion", apiVersion);

    /// <summary>Sets the namespace; an empty one removes the field.</summary>
    public void SetNamespace(string name)
    {
        if (name.Length == 0)
        {
            (Object["metadata"] as MapValue)?.Remove("namespace");
            return;
        }

        Node.SetText(Node.GetOrCreateMap(Object, "metadata"), "namespace", name);
    }

    /// <summary>The texts of a map in the metadata, labels or annotations.</summary>
    public Dictionary<string, string> MetadataMap(string field)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Object["metadata"] is MapValue metadata && metadata[field] is MapValue map)
        {
            foreach (var (key, value) in map)
            {
                result[key] = Scalar.Text(value);
            }
        }

        return result;
    }

    /// <summary>Replaces a map in the metadata by strings in order of their keys; an empty one removes the field.</summary>
    public void SetMetadataMap(string field, Dictionary<string, string> texts)
    {
        var metadata = Node.GetOrCreateMap(Object, "metadata");
        metadata.Remove(field);
        if (texts.Count == 0)
        {
            return;
        }

        var map = new MapValue(texts.Count);
        foreach (var key in texts.Keys.Order(GoString.Comparer))
        {
            Node.RequireStringKey(key, Object.Span);
            map[key] = new StringValue(texts[key]);
        }

        metadata[field] = map;
    }

    /// <summary>One annotation's text, or nothing.</summary>
    public string? Annotation(string key) =>
        Object["metadata"] is MapValue metadata && metadata["annotations"] is MapValue map && map.TryGetValue(key, out var value)
            ? Scalar.Text(value)
            : null;

    /// <summary>Sets one annotation; all others become strings on the way.</summary>
    public void SetAnnotation(string key, string text)
    {
        var annotations = MetadataMap("annotations");
        annotations[key] = text;
        SetMetadataMap("annotations", annotations);
    }

    /// <summary>Remembers a key that kustomize writes without quotes, when YAML then reads it as something other than a string.</summary>
    public void NoteKey(MapValue map, string key)
    {
        if (ScalarText.Resolve(key) != ScalarTag.String)
        {
            (_unquotedKeys ??= []).Add((map, key));
        }
    }

    /// <summary>Fails when one of the remembered keys is still there: such an object has no JSON.</summary>
    public void RequireStringKeys()
    {
        foreach (var (map, key) in _unquotedKeys ?? [])
        {
            if (map.ContainsKey(key))
            {
                Node.RequireStringKey(key, map.Span);
            }
        }
    }

    /// <summary>Forgets everything that kustomize keeps in annotations: what happens when a patch replaces them.</summary>
    public void ForgetBuildState()
    {
        Previous = [];
        Prefixes = [];
        Suffixes = [];
        Behavior = "";
        NeedsHash = false;
        IsHelmGenerated = false;
    }

    /// <summary>Takes over the build state of the object that this one replaces.</summary>
    public void TakeBuildStateOf(Resource other)
    {
        var needsHash = NeedsHash && other.NeedsHash;
        Previous = [.. other.Previous];
        Prefixes = [.. other.Prefixes];
        Suffixes = [.. other.Suffixes];
        Behavior = other.Behavior;
        NeedsHash = needsHash;
        AllowsNameChange = other.AllowsNameChange;
        AllowsKindChange = other.AllowsKindChange;
        IsHelmGenerated = other.IsHelmGenerated;
        VarNames = [.. other.VarNames];
    }

    /// <summary>A copy that shares nothing.</summary>
    public Resource DeepClone()
    {
        var copy = new Resource(Object.DeepClone(), schema);
        var needsHash = NeedsHash;
        copy.TakeBuildStateOf(this);
        copy.NeedsHash = needsHash;
        return copy;
    }

    public override string ToString() => CurrentId.ToString();

    private string MetadataText(string field) =>
        Object["metadata"] is MapValue metadata && metadata.TryGetValue(field, out var value) && !Scalar.IsNull(value)
            ? Scalar.Text(value)
            : "";

    private void Identify()
    {
        var apiVersion = Scalar.Text(Object["apiVersion"]);
        var kind = Kind;
        if (ReferenceEquals(apiVersion, _apiVersion) && ReferenceEquals(kind, _kind))
        {
            return;
        }

        _apiVersion = apiVersion;
        _kind = kind;
        _gvk = GroupVersionKind.Of(apiVersion, kind);
        _isClusterScoped = schema.IsClusterScoped(apiVersion, kind);
    }
}

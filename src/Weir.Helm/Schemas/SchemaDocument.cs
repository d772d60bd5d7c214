using Weir.Values;

namespace Weir.Helm;

/// <summary>A schema as it is written: which parts have identifiers and anchors, and what a reference leads to.</summary>
internal sealed class SchemaDocument
{
    /// <summary>The address that a chart's own schema has.</summary>
    public const string ChartUrl = "file:///values.schema.json";

    private static readonly string[] SchemaKeywords =
    [
        "not", "additionalProperties", "additionalItems", "propertyNames", "contains", "if", "then", "else",
        "unevaluatedProperties", "unevaluatedItems", "contentSchema", "items",
    ];

    private static readonly string[] ListKeywords = ["allOf", "anyOf", "oneOf", "items", "prefixItems"];

    private static readonly string[] MapKeywords =
        ["definitions", "$defs", "properties", "patternProperties", "dependencies", "dependentSchemas"];

    private readonly Value _root;
    private readonly Dictionary<string, SchemaResource> _byPointer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaResource> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public SchemaDocument(Value root, string url = ChartUrl)
    {
        _root = root;
        Url = url;
        Collect(root, "", url, SchemaDraft.Draft2020);
    }

    /// <summary>Where the document was read from.</summary>
    public string Url { get; }

    /// <summary>What is wrong with the document's identifiers; <see langword="null"/> when nothing is.</summary>
    public string? Error { get; private set; }

    public SchemaDraft Draft => _byPointer.TryGetValue("", out var resource) ? resource.Draft : SchemaDraft.Draft2020;

    public SchemaResource ResourceOf(string pointer)
    {
        while (!_byPointer.ContainsKey(pointer))
        {
            pointer = pointer.LastIndexOf('/') is var slash and >= 0 ? pointer[..slash] : "";
        }

        return _byPointer[pointer];
    }

    /// <summary>Reads a part that no keyword led to, because a reference leads there.</summary>
    public void Ensure(string pointer)
    {
        if (!_seen.Contains(pointer) && Find(pointer) is { } value)
        {
            var resource = ResourceOf(pointer);
            Collect(value, pointer, resource.Id, resource.Draft);
        }
    }

    /// <summary>The value at a pointer, or <see langword="null"/>.</summary>
    public Value? Find(string pointer)
    {
        Value? value = _root;
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var key = token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = value switch
            {
                MapValue map => map[key],
                ListValue list when int.TryParse(key, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return value;
    }

    /// <summary>
    /// Where a reference leads: a pointer in this document, or the address of another one; or the error.
    /// </summary>
    public (string? Pointer, string? Other, string? Error) Resolve(SchemaResource from, string reference)
    {
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        var address = Join(from.Id, hash < 0 ? reference : reference[..hash]);
        var target = address == Url ? _byPointer[""] : _byId.GetValueOrDefault(address);
        if (target is null)
        {
            return (null, address, null);
        }

        if (fragment.Length == 0 || fragment[0] == '/')
        {
            return (target.Pointer + fragment, null, null);
        }

        return target.Anchors.TryGetValue(fragment, out var pointer)
            ? (pointer, null, null)
            : (null, null, $"anchor in {GoQuote.Quote($"{address}#{fragment}")} not found in schema {GoQuote.Quote(Url)}");
    }

    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private void Collect(Value value, string pointer, string baseId, SchemaDraft draft)
    {
        if (!_seen.Add(pointer))
        {
            return;
        }

        if (value is not MapValue map)
        {
            if (pointer.Length == 0)
            {
                Register(new SchemaResource("", baseId, draft));
            }

            return;
        }

        if (map["$schema"] is StringValue dialect && (pointer.Length == 0 || HasId(map, draft)))
        {
            if (DraftOf(dialect.Value) is { } written)
            {
                draft = written;
            }
            else
            {
                Error ??= $"failing loading {GoQuote.Quote(dialect.Value.TrimEnd('#'))}: schemas are not fetched from the network";
            }
        }

        var id = Id(map, draft);
        if (id.Length > 0 || pointer.Length == 0)
        {
            baseId = id.Length > 0 ? Join(baseId, id) : baseId;
            Register(new SchemaResource(pointer, baseId, draft));
        }

        CollectAnchors(map, pointer, draft);
        CollectBelow(map, pointer, baseId, draft);
    }

    private void CollectBelow(MapValue map, string pointer, string baseId, SchemaDraft draft)
    {
        foreach (var keyword in SchemaKeywords)
        {
            if (map[keyword] is MapValue or BoolValue)
            {
                Collect(map[keyword]!, $"{pointer}/{keyword}", baseId, draft);
            }
        }

        foreach (var keyword in ListKeywords)
        {
            if (map[keyword] is ListValue list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    Collect(list[i], $"{pointer}/{keyword}/{i}", baseId, draft);
                }
            }
        }

        foreach (var keyword in MapKeywords)
        {
            if (map[keyword] is MapValue schemas)
            {
                foreach (var (name, schema) in schemas)
                {
                    Collect(schema, $"{pointer}/{keyword}/{Escape(name)}", baseId, draft);
                }
            }
        }
    }

    private void CollectAnchors(MapValue map, string pointer, SchemaDraft draft)
    {
        var resource = ResourceOf(pointer);
        if (draft < SchemaDraft.Draft2019)
        {
            if (!map.ContainsKey("$ref") && map.GetString(IdKeyword(draft)) is { } id && id.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0)
            {
                AddAnchor(resource, Uri.UnescapeDataString(id[(hash + 1)..]), pointer);
            }

            return;
        }

        AddAnchor(resource, map.GetString("$anchor"), pointer);
        if (draft >= SchemaDraft.Draft2020 && map.GetString("$dynamicAnchor") is { } dynamic)
        {
            AddAnchor(resource, dynamic, pointer);
            resource.DynamicAnchorNames.Add(dynamic);
        }
    }

    private void AddAnchor(SchemaResource resource, string? name, string pointer)
    {
        if (!string.IsNullOrEmpty(name) && name[0] != '/' && !resource.Anchors.TryAdd(name, pointer) && resource.Anchors[name] != pointer)
        {
            Error ??= $"duplicate anchor {GoQuote.Quote(name)} in {GoQuote.Quote(Url)} at {GoQuote.Quote(resource.Anchors[name])} and {GoQuote.Quote(pointer)}";
        }
    }

    private void Register(SchemaResource resource)
    {
        _byPointer[resource.Pointer] = resource;
        if (!_byId.TryAdd(resource.Id, resource) && _byId[resource.Id].Pointer != resource.Pointer)
        {
            Error ??= $"duplicate id {GoQuote.Quote(resource.Id)} in {GoQuote.Quote(Url)} at {GoQuote.Quote(resource.Pointer)} and {GoQuote.Quote(_byId[resource.Id].Pointer)}";
        }
    }

    private static bool HasId(MapValue map, SchemaDraft draft) => Id(map, draft).Length > 0;

    private static string Id(MapValue map, SchemaDraft draft)
    {
        if (draft < SchemaDraft.Draft2019 && map.ContainsKey("$ref"))
        {
            return "";
        }

        var id = map.GetString(IdKeyword(draft)) ?? "";
        return id.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? id[..hash] : id;
    }

    private static string IdKeyword(SchemaDraft draft) => draft == SchemaDraft.Draft4 ? "id" : "$id";

    private static string Join(string address, string reference) => reference.Length == 0
        ? address
        : Uri.TryCreate(address, UriKind.Absolute, out var from) && Uri.TryCreate(from, reference, out var joined)
            ? joined.AbsoluteUri
            : reference;

    private static SchemaDraft? DraftOf(string address)
    {
        address = address.EndsWith('#') ? address[..^1] : address;
        address = address.StartsWith("http://", StringComparison.Ordinal) ? address[7..] : address.StartsWith("https://", StringComparison.Ordinal) ? address[8..] : address;
        return address switch
        {
            "json-schema.org/schema" or "json-schema.org/draft/2020-12/schema" => SchemaDraft.Draft2020,
            "json-schema.org/draft/2019-09/schema" => SchemaDraft.Draft2019,
            "json-schema.org/draft-07/schema" => SchemaDraft.Draft7,
            "json-schema.org/draft-06/schema" => SchemaDraft.Draft6,
            "json-schema.org/draft-04/schema" => SchemaDraft.Draft4,
            _ => null,
        };
    }
}

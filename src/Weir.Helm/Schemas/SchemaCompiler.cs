using Weir.Values;

namespace Weir.Helm;

/// <summary>Turns the schemas of a document that can be reached from its root into nodes.</summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaDocument _document;
    private readonly Dictionary<string, SchemaNode> _nodes = new(StringComparer.Ordinal);
    private readonly SchemaCompilation _all;

    private SchemaCompiler(SchemaDocument document, SchemaCompilation all)
    {
        _document = document;
        _all = all;
    }

    /// <summary>Compiles a document, and what it refers to elsewhere as far as that was fetched.</summary>
    public static SchemaCompilation Compile(SchemaDocument document, RemoteSchemas? remote)
    {
        var all = new SchemaCompilation(remote);
        var compiler = new SchemaCompiler(document, all);
        all.Root = compiler.At("");
        all.Drain();
        all.Error ??= document.Error;
        return all;
    }

    /// <summary>A compiler of a document that another one refers to.</summary>
    public static SchemaCompiler Of(SchemaDocument document, SchemaCompilation all) => new(document, all);

    /// <summary>The node that a fragment names, or <see langword="null"/> with the error set.</summary>
    public SchemaNode? AtFragment(string fragment)
    {
        var (pointer, _, error) = _document.Resolve(_document.ResourceOf(""), "#" + fragment);
        if (pointer is null)
        {
            _all.Error ??= error;
            return null;
        }

        return At(pointer);
    }

    private SchemaNode At(string pointer)
    {
        if (_nodes.TryGetValue(pointer, out var known))
        {
            return known;
        }

        _document.Ensure(pointer);
        var node = new SchemaNode(pointer, _document.ResourceOf(pointer));
        _nodes[pointer] = node;
        _all.Add(this, node);
        return node;
    }

    /// <summary>Reads a node's keywords.</summary>
    public void Fill(SchemaNode node)
    {
        var resource = node.Resource;
        resource.Root ??= At(resource.Pointer);
        switch (_document.Find(node.Pointer))
        {
            case null:
                _all.Error ??= $"json-pointer in {GoQuote.Quote($"{_document.Url}#{node.Pointer}")} not found";
                break;
            case BoolValue always:
                node.Always = always.Value;
                break;
            case MapValue { Count: 0 }:
                node.Always = true;
                break;
            case MapValue keywords:
                if (node.Draft >= SchemaDraft.Draft2020 && node.Pointer == resource.Pointer)
                {
                    foreach (var name in resource.DynamicAnchorNames)
                    {
                        resource.DynamicAnchors[name] = At(resource.Anchors[name]);
                    }
                }

                FillKeywords(node, keywords);
                break;
        }
    }

    private void FillKeywords(SchemaNode node, MapValue keywords)
    {
        node.Ref = Reference(node, keywords, "$ref");
        if (node.Draft < SchemaDraft.Draft2019 && node.Ref is not null)
        {
            return;
        }

        FillCombinations(node, keywords);
        FillObjects(node, keywords);
        FillLists(node, keywords);
        FillScalars(node, keywords);
        if (node.Draft >= SchemaDraft.Draft2019)
        {
            node.RecursiveRef = Reference(node, keywords, "$recursiveRef");
            node.RecursiveAnchor = keywords.GetBool("$recursiveAnchor") == true;
            node.UnevaluatedItems = Schema(node, keywords, "unevaluatedItems");
            node.UnevaluatedProperties = Schema(node, keywords, "unevaluatedProperties");
        }

        if (node.Draft >= SchemaDraft.Draft2020)
        {
            node.DynamicRef = Reference(node, keywords, "$dynamicRef");
            node.DynamicAnchor = keywords.GetString("$dynamicAnchor") ?? "";
            var reference = keywords.GetString("$dynamicRef") ?? "";
            var fragment = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
            node.DynamicRefAnchor = reference.Contains('#', StringComparison.Ordinal) && !fragment.StartsWith('/') ? fragment : "";
        }
    }

    private void FillCombinations(SchemaNode node, MapValue keywords)
    {
        node.AllOf = Schemas(node, keywords, "allOf");
        node.AnyOf = Schemas(node, keywords, "anyOf");
        node.OneOf = Schemas(node, keywords, "oneOf");
        node.Not = Schema(node, keywords, "not");
        if (node.Draft >= SchemaDraft.Draft7)
        {
            node.If = Schema(node, keywords, "if");
            node.Then = node.If is null ? null : Schema(node, keywords, "then");
            node.Else = node.If is null ? null : Schema(node, keywords, "else");
        }

        node.Types = SchemaTypeNames.Parse(keywords["type"]);
        node.Enum = keywords.GetList("enum");
        node.Const = node.Draft >= SchemaDraft.Draft6 ? keywords["const"] : null;
    }

    private void FillObjects(SchemaNode node, MapValue keywords)
    {
        node.MinProperties = Int(keywords, "minProperties");
        node.MaxProperties = Int(keywords, "maxProperties");
        node.Required = Texts(keywords["required"]);
        node.AdditionalProperties = Schema(node, keywords, "additionalProperties");
        if (keywords.GetMap("properties") is { } properties)
        {
            node.Properties = properties.Keys.ToDictionary(k => k, k => At($"{node.Pointer}/properties/{SchemaDocument.Escape(k)}"), StringComparer.Ordinal);
        }

        var patterns = new List<(GoRegex, SchemaNode)>();
        foreach (var pattern in keywords.GetMap("patternProperties")?.Keys ?? [])
        {
            if (Regex(node, "patternProperties", pattern) is { } regex)
            {
                patterns.Add((regex, At($"{node.Pointer}/patternProperties/{SchemaDocument.Escape(pattern)}")));
            }
        }

        node.PatternProperties = patterns;
        FillDependencies(node, keywords);
        if (node.Draft >= SchemaDraft.Draft6)
        {
            node.PropertyNames = Schema(node, keywords, "propertyNames");
        }
    }

    private void FillDependencies(SchemaNode node, MapValue keywords)
    {
        var required = new List<(string, IReadOnlyList<string>)>();
        var schemas = new List<(string, SchemaNode)>();
        foreach (var keyword in (string[])["dependencies", "dependentRequired", "dependentSchemas"])
        {
            if ((keyword != "dependencies" && node.Draft < SchemaDraft.Draft2019) || keywords.GetMap(keyword) is not { } dependencies)
            {
                continue;
            }

            foreach (var (property, needs) in dependencies)
            {
                if (needs is ListValue names && keyword != "dependentSchemas")
                {
                    required.Add((property, Texts(names)));
                }
                else if (keyword != "dependentRequired")
                {
                    schemas.Add((property, At($"{node.Pointer}/{keyword}/{SchemaDocument.Escape(property)}")));
                }
            }
        }

        node.DependentRequired = required;
        node.DependentSchemas = schemas;
    }

    private void FillLists(SchemaNode node, MapValue keywords)
    {
        node.MinItems = Int(keywords, "minItems");
        node.MaxItems = Int(keywords, "maxItems");
        node.UniqueItems = keywords.GetBool("uniqueItems") == true;
        if (node.Draft >= SchemaDraft.Draft2020)
        {
            node.PrefixItems = Schemas(node, keywords, "prefixItems");
            node.OtherItems = Schema(node, keywords, "items");
        }
        else if (keywords["items"] is ListValue)
        {
            node.PrefixItems = Schemas(node, keywords, "items");
            node.OtherItems = Schema(node, keywords, "additionalItems");
        }
        else
        {
            node.OtherItems = Schema(node, keywords, "items");
        }

        if (node.Draft >= SchemaDraft.Draft6)
        {
            node.Contains = Schema(node, keywords, "contains");
        }

        if (node.Draft >= SchemaDraft.Draft2019 && node.Contains is not null)
        {
            node.MinContains = Int(keywords, "minContains");
            node.MaxContains = Int(keywords, "maxContains");
        }
    }

    private void FillScalars(SchemaNode node, MapValue keywords)
    {
        node.MinLength = Int(keywords, "minLength");
        node.MaxLength = Int(keywords, "maxLength");
        node.Pattern = keywords.GetString("pattern") is { } pattern ? Regex(node, "pattern", pattern) : null;
        node.MultipleOf = SchemaNumber.Of(keywords["multipleOf"]);
        (node.Minimum, node.ExclusiveMinimum) = Bound(keywords, "minimum", "exclusiveMinimum");
        (node.Maximum, node.ExclusiveMaximum) = Bound(keywords, "maximum", "exclusiveMaximum");

        // From 2019-09 on a format is a note to the reader unless the dialect says otherwise.
        node.Format = node.Draft < SchemaDraft.Draft2019 ? keywords.GetString("format") : null;
    }

    private static (SchemaNumber? Inclusive, SchemaNumber? Exclusive) Bound(MapValue keywords, string inclusive, string exclusive)
    {
        var bound = SchemaNumber.Of(keywords[inclusive]);
        return keywords.GetBool(exclusive) == true ? (null, bound) : (bound, SchemaNumber.Of(keywords[exclusive]));
    }

    private SchemaNode? Reference(SchemaNode node, MapValue keywords, string keyword)
    {
        if (keywords.GetString(keyword) is not { } reference)
        {
            return null;
        }

        var (pointer, other, error) = _document.Resolve(node.Resource, reference);
        if (pointer is not null)
        {
            return At(pointer);
        }

        if (other?.StartsWith("urn:", StringComparison.Ordinal) == true)
        {
            _all.Warnings.Add($"unresolved URN reference ignored; using permissive schema: {other}");
            return new SchemaNode(node.Pointer, node.Resource) { Always = true };
        }

        if (error is not null)
        {
            _all.Error ??= error;
            return null;
        }

        return _all.Other(other!, reference.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? reference[(hash + 1)..] : "");
    }

    private SchemaNode? Schema(SchemaNode node, MapValue keywords, string keyword) =>
        keywords.ContainsKey(keyword) ? At($"{node.Pointer}/{keyword}") : null;

    private List<SchemaNode> Schemas(SchemaNode node, MapValue keywords, string keyword) =>
        keywords.GetList(keyword) is { } list ? [.. Enumerable.Range(0, list.Count).Select(i => At($"{node.Pointer}/{keyword}/{i}"))] : [];

    private GoRegex? Regex(SchemaNode node, string keyword, string pattern)
    {
        if (GoRegex.TryParse(pattern, out var regex, out var error))
        {
            return regex;
        }

        _all.Error ??= $"invalid regex {GoQuote.Quote(pattern)} at {GoQuote.Quote($"{_document.Url}#{node.Pointer}/{keyword}")}: {error}";
        return null;
    }

    private static int? Int(MapValue keywords, string keyword) =>
        SchemaNumber.Of(keywords[keyword]) is { IsInteger: true } number ? number.ToInt() : null;

    private static List<string> Texts(Value? list) => list is ListValue items ? [.. items.OfType<StringValue>().Select(s => s.Value)] : [];
}

using System.Globalization;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Transformers;

/// <summary>Copies values from fields of one object, or from the kustomization, into fields of others.</summary>
internal sealed class ReplacementTransformer(IReadOnlyList<Replacement> replacements, BuildContext context) : Transformer
{
    private static readonly GoStruct Config = new(
        "ReplacementTransformerPlugin", ("replacements", GoType.ListOf(KustomizationTypes.ReplacementField)));

    public override string Kind => "ReplacementTransformer";

    public static ReplacementTransformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        var result = new List<Replacement>();
        foreach (var field in decoded.Maps("replacements"))
        {
            var path = field.Text("path");
            if (path.Length == 0)
            {
                result.Add(Replacement.Read(field));
                continue;
            }

            if (field.ContainsKey("source") || field.Maps("targets").Count > 0)
            {
                throw new BuildFailure("cannot specify both path and inline replacement", field.Span) { Code = "kustomize-replacement" };
            }

            result.AddRange(Load(path, field.Span, input));
        }

        return new ReplacementTransformer(result, input.Context) { Span = config.Span };
    }

    public override void Transform(ResourceList resources)
    {
        foreach (var replacement in replacements)
        {
            try
            {
                if ((replacement.SourceValue is null && replacement.Source is null) || replacement.Targets is null)
                {
                    throw Failure("replacements must specify a source and at least one target");
                }

                Apply(resources, Source(resources, replacement), replacement);
            }
            catch (BuildFailure failure)
            {
                throw failure.At(replacement.Span.IsKnown ? replacement.Span : Span);
            }
        }

        resources.IdsChanged();
    }

    private static IEnumerable<Replacement> Load(string path, SourceSpan span, PluginInput input)
    {
        try
        {
            var parsed = YamlReader.Read(input.Loader.LoadText(path), new YamlReadOptions { File = input.Loader.Display(path) });
            if (!parsed.TryGet(out var root))
            {
                throw NodeReader.Malformed(parsed.Diagnostics);
            }

            return root switch
            {
                ListValue list => [.. list.Select(item => Replacement.Read(PluginInput.Decode(item, KustomizationTypes.Replacement)))],
                MapValue map => [Replacement.Read(PluginInput.Decode(map, KustomizationTypes.Replacement))],
                _ => throw Failure($"unsupported replacement type encountered within replacement path: {(root.IsNull ? "invalid" : "string")}"),
            };
        }
        catch (BuildFailure failure)
        {
            throw failure.At(span);
        }
    }

    private static Value Source(ResourceList resources, Replacement replacement)
    {
        if (replacement.SourceValue is { } text)
        {
            return replacement.Source is null
                ? Scalar.Of(text, ScalarTag.Undecided)
                : throw Failure("value and resource selectors are mutually exclusive");
        }

        var source = replacement.Source!;
        var id = new ResourceId(FieldSpecReader.Kind(source), source.Text("name"), source.Text("namespace"));
        var options = source.GetMap("options") is { } fields ? FieldOptions.Read(fields) : null;
        var resource = SelectSource(resources, id, Describe(id, source.Text("fieldPath"), options));
        var path = source.Text("fieldPath") is { Length: > 0 } given ? given : ReplacementTarget.DefaultFieldPath;
        Value? found;
        try
        {
            found = NodeLookup.Find(resource.Object, FieldPath.SplitBracketed(path));
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap("error looking up replacement source");
        }

        return Node.IsNilOrEmpty(found)
            ? throw Failure($"fieldPath `{path}` is missing for replacement source {id}")
            : Part(found!, options);
    }

    private static Resource SelectSource(ResourceList resources, in ResourceId selector, string description)
    {
        Resource? found = null;
        foreach (var resource in resources)
        {
            if (!HasId(resource, selector))
            {
                continue;
            }

            if (found is not null)
            {
                throw Failure($"multiple matches for selector {description}");
            }

            found = resource;
        }

        return found ?? throw Failure($"nothing selected by {description}");
    }

    private static bool HasId(Resource resource, in ResourceId selector)
    {
        if (Current(resource).IsSelectedBy(selector))
        {
            return true;
        }

        foreach (var previous in resource.Previous)
        {
            if (resource.ToId(previous).IsSelectedBy(selector))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The present id as replacements see it: without knowing that a kind has no namespace.</summary>
    private static ResourceId Current(Resource resource) => new(resource.Gvk, resource.Name, resource.Namespace);

    private static string Describe(in ResourceId id, string path, FieldOptions? options)
    {
        var text = id.ToString();
        text += path.Length > 0 ? $":{path}" : "";
        return options is null or { Delimiter.Length: 0, Create: false }
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}:{options.Delimiter}({options.Index}), create={(options.Create ? "true" : "false")}");
    }

    private static Value Part(Value value, FieldOptions? options)
    {
        if (options is null || options.Delimiter.Length == 0)
        {
            return value;
        }

        if (!Scalar.IsScalar(value))
        {
            throw Failure("delimiter option can only be used with scalar nodes");
        }

        var text = Scalar.Text(value);
        var parts = text.Split(options.Delimiter);
        return options.Index >= 0 && options.Index < parts.Length
            ? Scalar.Of(parts[options.Index], Scalar.Tag(value), Scalar.IsQuoted(value))
            : throw Failure(string.Create(CultureInfo.InvariantCulture, $"options.index {options.Index} is out of bounds for value {text}"));
    }

    private void Apply(ResourceList resources, Value value, Replacement replacement)
    {
        foreach (var target in replacement.Targets!)
        {
            if (target.Select is null)
            {
                throw Failure("target must specify resources to select");
            }

            var isUsed = false;
            foreach (var resource in resources)
            {
                if (IsTarget(resource, target))
                {
                    isUsed = true;
                    Copy(resource, value, target);
                }
            }

            if (!isUsed)
            {
                context.TellUnused(
                    "kustomize-unused-replacement",
                    $"the target of the replacement selects no resource: {target.Select.Describe()}",
                    target.Span.IsKnown ? target.Span : replacement.Span,
                    "correct the target, or remove it");
            }
        }
    }

    private static bool IsTarget(Resource resource, ReplacementTarget target)
    {
        if (!target.Select!.MatchesLabelsAndAnnotations(resource))
        {
            return false;
        }

        foreach (var reject in target.Reject)
        {
            if ((reject.HasLabelsOrAnnotations && reject.MatchesLabelsAndAnnotations(resource))
                || (!reject.IsIdEmpty && AnyId(resource, reject.MatchesId)))
            {
                return false;
            }
        }

        return AnyId(resource, target.Select.MatchesId);
    }

    private delegate bool IdTest(in ResourceId id);

    private static bool AnyId(Resource resource, IdTest test)
    {
        if (test(Current(resource)))
        {
            return true;
        }

        foreach (var previous in resource.Previous)
        {
            if (test(resource.ToId(previous)))
            {
                return true;
            }
        }

        return false;
    }

    private static void Copy(Resource resource, Value value, ReplacementTarget target)
    {
        var create = target.Options is { Create: true } ? KindOf(value) : NodeKind.None;
        foreach (var path in target.FieldPaths)
        {
            var parts = FieldPath.SplitBracketed(path);
            if (StructuredField.TrySet(resource.Object, parts, value, create))
            {
                continue;
            }

            List<Slot> slots;
            try
            {
                slots = NodeMatcher.Match(resource.Object, parts, create);
            }
            catch (BuildFailure failure)
            {
                throw failure.Wrap(NotFound(path, create));
            }

            if (slots.Count == 0)
            {
                throw Failure(NotFound(path, create));
            }

            foreach (var slot in slots)
            {
                Set(slot, value, target.Options);
            }
        }
    }

    private static NodeKind KindOf(Value value) => value switch
    {
        MapValue => NodeKind.Map,
        ListValue => NodeKind.List,
        _ => NodeKind.Scalar,
    };

    private static string NotFound(string path, NodeKind create) =>
        $"unable to {(create == NodeKind.None ? "find" : "find or create")} field {GoQuote.Quote(path)} in replacement target";

    private static void Set(Slot slot, Value value, FieldOptions? options)
    {
        var field = slot.Value;
        if (options is { Delimiter.Length: > 0 })
        {
            if (!Scalar.IsScalar(field))
            {
                throw Failure("delimiter option can only be used with scalar nodes");
            }

            slot.Value = Scalar.OverwriteText(field, Join(Scalar.Text(field), Scalar.IsMissingOrNull(value) ? "" : Scalar.Text(value), options));
        }
        else if (Scalar.IsScalar(field))
        {
            slot.Value = Scalar.OverwriteText(field, Scalar.Text(value));
        }
        else
        {
            slot.Value = value.DeepClone();
        }
    }

    private static string Join(string field, string value, FieldOptions options)
    {
        var parts = field.Split(options.Delimiter).ToList();
        if (options.Index < 0)
        {
            parts.Insert(0, value);
        }
        else if (options.Index >= parts.Count)
        {
            parts.Add(value);
        }
        else
        {
            parts[(int)options.Index] = value;
        }

        return string.Join(options.Delimiter, parts);
    }

    private static BuildFailure Failure(string message) => new(message) { Code = "kustomize-replacement" };
}

using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Generators;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Transformers;
using Weir.Values;

namespace Weir.Kustomize;

/// <summary>Resources together with the rules by which their references and vars are resolved at the end.</summary>
internal sealed class Accumulator(BuildContext context)
{
    private readonly SortedDictionary<string, Var> _vars = new(GoString.Comparer);

    public ResourceList Resources { get; } = new();

    public TransformerConfig Config { get; private set; } = TransformerConfig.Empty;

    public void MergeConfig(TransformerConfig config) => Config = Config.Merge(config);

    /// <summary>Takes everything over from another accumulator.</summary>
    public void Merge(Accumulator other)
    {
        Resources.AppendAll(other.Resources);
        MergeConfig(other.Config);
        foreach (var variable in other._vars.Values)
        {
            AddVar(variable);
        }
    }

    /// <summary>Adds vars, marking the objects that they take their values from.</summary>
    public void MergeVars(IReadOnlyList<Var> vars)
    {
        foreach (var variable in vars)
        {
            var matched = Matching(variable);
            if (matched.Count > 1)
            {
                throw new BuildFailure(
                    $"found {matched.Count} resId matches for var {variable} (unable to disambiguate)", variable.Span)
                {
                    Code = "kustomize-var",
                };
            }

            matched.FirstOrDefault()?.VarNames.Add(variable.Name);
        }

        foreach (var variable in vars)
        {
            AddVar(variable);
        }
    }

    /// <summary>Takes a generated resource over: it is new, or replaces or is merged with the one of its id.</summary>
    public void Absorb(Resource resource)
    {
        var id = resource.CurrentId;
        var matches = Resources.WithAnyId(id);
        if (matches.Count == 0)
        {
            if (resource.Behavior is "merge" or "replace")
            {
                throw new BuildFailure(
                    $"id {Describe(id)} does not exist; cannot merge or replace", resource.Object.Span, "there is nothing of this name to merge with")
                {
                    Code = "kustomize-behavior",
                };
            }

            Resources.Append(resource);
            return;
        }

        if (matches.Count > 1)
        {
            throw new BuildFailure(
                $"found multiple objects [{string.Join(' ', matches)}] that could accept merge of {id}", resource.Object.Span)
            {
                Code = "kustomize-behavior",
            };
        }

        Combine(resource, matches[0], id);
    }

    /// <summary>Corrects the fields that name renamed objects.</summary>
    public void FixReferences()
    {
        if (!Config.NameReferences.IsEmpty)
        {
            Run(new NameReferenceTransformer(Config.NameReferences));
        }
    }

    /// <summary>Replaces vars by their values.</summary>
    public void ResolveVars()
    {
        if (_vars.Count == 0)
        {
            return;
        }

        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var variable in _vars.Values)
        {
            values[variable.Name] = ValueOf(variable);
        }

        var transformer = new VarTransformer(values, Config.VarReference);
        Run(transformer);
        var unused = transformer.Unused.Order(GoString.Comparer).ToList();
        if (unused.Count > 0)
        {
            context.Tell(Diagnostic.Warning(
                "kustomize-unused-var",
                $"well-defined vars that were never replaced: {string.Join(',', unused)}",
                _vars[unused[0]].Span));
        }
    }

    /// <summary>Applies a transformer, following fields when that is asked for.</summary>
    public void Run(Transformer transformer)
    {
        context.Tracker?.Before(Resources);
        transformer.Transform(Resources);
        Resources.DropEmpty();
        context.Tracker?.After(Resources, transformer.Kind, transformer.Span);
    }

    private void AddVar(Var variable)
    {
        if (!_vars.TryAdd(variable.Name, variable))
        {
            throw new BuildFailure($"var '{variable.Name}' already encountered", variable.Span) { Code = "kustomize-var" };
        }
    }

    private List<Resource> Matching(Var variable)
    {
        var target = variable.Target;
        var isClusterScoped = context.Schema.IsClusterScoped(target.Gvk.ApiVersion, target.Gvk.Kind);
        var exact = target with { IsClusterScoped = isClusterScoped };
        var needsNamespace = target.Namespace.Length > 0 || isClusterScoped;
        bool Matches(in ResourceId id) =>
            needsNamespace ? exact.IsSame(id) : id.Name == target.Name && id.Gvk == target.Gvk;
        var result = new List<Resource>();
        foreach (var resource in Resources)
        {
            var isMatch = Matches(resource.CurrentId);
            foreach (var previous in resource.Previous)
            {
                isMatch |= Matches(resource.ToId(previous));
            }

            if (isMatch)
            {
                result.Add(resource);
            }
        }

        return result;
    }

    private Value ValueOf(Var variable)
    {
        foreach (var resource in Resources)
        {
            if (!resource.VarNames.Contains(variable.Name))
            {
                continue;
            }

            return NodeLookup.Find(resource.Object, SplitIndexes(variable.FieldPath)) switch
            {
                null => throw NoField(variable),

                // Go reads only plain decimals here.
                WrittenScalar { Tag: ScalarTag.Int } => throw NoField(variable),
                WrittenScalar { Tag: ScalarTag.Float or ScalarTag.Bool } number => NodeSettling.SettleScalar(number),
                WrittenScalar written => new StringValue(written.Text),
                var value => value,
            };
        }

        throw new BuildFailure($"var '{variable}' cannot be mapped to a field in the set of known resources", variable.Span)
        {
            Code = "kustomize-var",
        };
    }

    private static BuildFailure NoField(Var variable) =>
        new($"field specified in var '{variable}' not found in corresponding resource", variable.Span) { Code = "kustomize-var" };

    /// <summary>The parts of a path with <c>ports[0]</c> taken for <c>ports</c> and <c>0</c>.</summary>
    private static string[] SplitIndexes(string path)
    {
        var result = new List<string>();
        foreach (var part in FieldPath.SplitBracketed(path))
        {
            var open = part.LastIndexOf('[');
            if (part.EndsWith(']') && open >= 0 && part.AsSpan(open + 1, part.Length - open - 2) is { IsEmpty: false } digits
                && digits.IndexOfAnyExceptInRange('0', '9') < 0)
            {
                if (open > 0)
                {
                    result.Add(part[..open]);
                }

                result.Add(digits.ToString());
            }
            else
            {
                result.Add(part);
            }
        }

        return [.. result];
    }

    private void Combine(Resource resource, Resource old, in ResourceId id)
    {
        switch (resource.Behavior)
        {
            case "replace":
                TakeMetadata(resource, old);
                break;
            case "merge":
                var origin = old.Annotation(Origin.Annotation);
                TakeMetadata(resource, old);
                MergeData(resource, old, "data");
                MergeData(resource, old, "binaryData");
                if (origin is not null)
                {
                    resource.SetAnnotation(Origin.Annotation, origin);
                }

                break;
            default:
                throw new BuildFailure(
                    $"id {Describe(id)} exists; can not use behavior: '{(resource.Behavior == "create" ? "create" : "unspecified")}', behavior must be merge or replace",
                    resource.Object.Span,
                    "set behavior to merge or replace, or give the generator another name")
                {
                    Code = "kustomize-behavior",
                };
        }

        Resources.Replace(old, resource);
    }

    private static void TakeMetadata(Resource resource, Resource old)
    {
        foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            var merged = old.MetadataMap(field);
            foreach (var (key, text) in resource.MetadataMap(field))
            {
                merged[key] = text;
            }

            resource.SetMetadataMap(field, merged);
        }

        resource.SetName(old.Name);
        resource.SetNamespace(old.Namespace);
        resource.TakeBuildStateOf(old);
    }

    private static void MergeData(Resource resource, Resource old, string field)
    {
        var merged = new SortedDictionary<string, string>(GoString.Comparer);
        foreach (var source in (ReadOnlySpan<Resource>)[old, resource])
        {
            foreach (var (key, value) in source.Object[field] as MapValue ?? [])
            {
                merged[key] = Scalar.IsNull(value) ? "" : Scalar.Text(value);
            }
        }

        resource.Object.Remove(field);
        if (merged.Count == 0)
        {
            return;
        }

        // kyaml sorts what it puts back by whether it is text, whichever field it came from.
        if (field == "data")
        {
            DataGenerating.SetData(resource.Object, merged);
            return;
        }

        var binary = Node.GetOrCreateMap(resource.Object, field);
        foreach (var (key, text) in merged)
        {
            binary[key] = GoString.IsValidUtf8(text) ? text : DataGenerating.Base64(text);
        }
    }

    /// <summary>An id as Go prints the struct with <c>%#v</c>.</summary>
    private static string Describe(in ResourceId id) =>
        $"resid.ResId{{Gvk:resid.Gvk{{Group:{GoQuote.Quote(id.Gvk.Group)}, Version:{GoQuote.Quote(id.Gvk.Version)}, Kind:{GoQuote.Quote(id.Gvk.Kind)}, isClusterScoped:{(id.IsClusterScoped ? "true" : "false")}}}, Name:{GoQuote.Quote(id.Name)}, Namespace:{GoQuote.Quote(id.Namespace)}}}";
}

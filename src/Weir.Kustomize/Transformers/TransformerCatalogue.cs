using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Transformers;

/// <summary>The transformers that a kustomization asks for, in the order in which kustomize applies them.</summary>
internal sealed class TransformerCatalogue(KustomizationFile file, TransformerConfig config, PluginInput input, bool hasOrigin)
{
    private readonly MapValue _fields = file.Fields;

    /// <summary>What makes them, one by one: each may fail on its own.</summary>
    public IEnumerable<Func<Transformer>> All()
    {
        IEnumerable<Func<Transformer>>[] inOrder =
        [
            StrategicMergePatches(), Patches(), Namespace(), Prefix(), Suffix(), Labels(), Annotations(), JsonPatches(), Replicas(), Images(),
            Replacements(),
        ];
        return inOrder.SelectMany(t => t);
    }

    private IEnumerable<Func<Transformer>> StrategicMergePatches()
    {
        if (_fields.GetList("patchesStrategicMerge") is { Count: > 0 } paths)
        {
            yield return () =>
            {
                var arguments = new MapValue { Span = SpanOf("patchesStrategicMerge"), ["paths"] = paths };
                try
                {
                    return PatchStrategicMergeTransformer.Configure(arguments, input);
                }
                catch (BuildFailure failure)
                {
                    throw failure.Wrap($"trouble configuring builtin PatchStrategicMergeTransformer with config: `\n{YamlWriter.Write(arguments)}`");
                }
            };
        }
    }

    private IEnumerable<Func<Transformer>> Patches() =>
        _fields.Maps("patches").Select<MapValue, Func<Transformer>>(patch => () => PatchTransformer.Configure(patch, input));

    private IEnumerable<Func<Transformer>> Namespace()
    {
        if (file.Namespace.Length > 0)
        {
            yield return () => new NamespaceTransformer(file.Namespace, config.Namespace) { Span = SpanOf("namespace") };
        }
    }

    private IEnumerable<Func<Transformer>> Prefix()
    {
        if (_fields.Text("namePrefix") is { Length: > 0 } prefix)
        {
            yield return () => new PrefixTransformer(prefix, config.NamePrefix) { Span = SpanOf("namePrefix") };
        }
    }

    private IEnumerable<Func<Transformer>> Suffix()
    {
        if (_fields.Text("nameSuffix") is { Length: > 0 } suffix)
        {
            yield return () => new SuffixTransformer(suffix, config.NameSuffix) { Span = SpanOf("nameSuffix") };
        }
    }

    private IEnumerable<Func<Transformer>> Labels()
    {
        var common = _fields.StringMap("commonLabels");
        foreach (var label in _fields.Maps("labels"))
        {
            yield return () => new LabelTransformer(label.StringMap("pairs"), LabelFields(label)) { Span = label.Span };
        }

        if (common.Count > 0 || _fields.Maps("labels").Count > 0)
        {
            yield return () => new LabelTransformer(common, config.CommonLabels) { Span = SpanOf("commonLabels") };
        }
    }

    private ImmutableArray<FieldSpec> LabelFields(MapValue label)
    {
        try
        {
            var fields = FieldSpecReader.ReadAll(label, "fields").MergeAll(config.Labels);
            if (label.Flag("includeSelectors"))
            {
                return fields.MergeAll(config.CommonLabels);
            }

            if (label.Flag("includeTemplates"))
            {
                fields = fields.MergeAll(config.TemplateLabels);
            }

            return fields.MergeOne(new FieldSpec(KindExtensions.Any, "metadata/labels", Create: true));
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap("failed to merge labels").At(label.Span);
        }
    }

    private IEnumerable<Func<Transformer>> Annotations()
    {
        var annotations = _fields.StringMap("commonAnnotations");
        if (annotations.Count > 0)
        {
            yield return () => new AnnotationsTransformer(annotations, config.CommonAnnotations) { Span = SpanOf("commonAnnotations") };
        }
    }

    private IEnumerable<Func<Transformer>> JsonPatches() => _fields.Maps("patchesJson6902").Select<MapValue, Func<Transformer>>(patch => () =>
    {
        var arguments = new MapValue { Span = patch.Span };
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("target", "target"), ("path", "path"), ("patch", "jsonOp")])
        {
            if (patch[from] is { } value)
            {
                arguments[to] = value;
            }
        }

        return PatchJson6902Transformer.Configure(arguments, input);
    });

    private IEnumerable<Func<Transformer>> Replicas() => _fields.Maps("replicas").Select<MapValue, Func<Transformer>>(replica => () =>
        new ReplicaCountTransformer(replica.Text("name"), replica.GetInt("count") ?? 0, config.Replicas) { Span = replica.Span });

    private IEnumerable<Func<Transformer>> Images()
    {
        var images = _fields.Maps("images");
        if (images.Count == 0)
        {
            yield break;
        }

        if (!hasOrigin && input.Context.Tracker is null)
        {
            yield return () => new ImageTagTransformer([.. images.Select(i => new ImageChange(i))], config.Images, input.Context)
            {
                Span = SpanOf("images"),
            };
            yield break;
        }

        // Every entry is told as a step of its own.
        foreach (var image in images)
        {
            yield return () => new ImageTagTransformer([new ImageChange(image)], config.Images, input.Context) { Span = image.Span };
        }
    }

    private IEnumerable<Func<Transformer>> Replacements()
    {
        if (_fields.GetList("replacements") is { Count: > 0 } replacements)
        {
            yield return () => ReplacementTransformer.Configure(
                new MapValue { Span = SpanOf("replacements"), ["replacements"] = replacements }, input);
        }
    }

    private SourceSpan SpanOf(string field) => _fields.KeySpan(field);
}

using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Sets annotations where the fields say.</summary>
internal sealed class AnnotationsTransformer(SortedDictionary<string, string> annotations, ImmutableArray<FieldSpec> fields) : Transformer
{
    private static readonly GoStruct Config = new(
        "AnnotationsTransformerPlugin", ("annotations", GoType.StringMap), ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)));

    public override string Kind => "AnnotationsTransformer";

    public static AnnotationsTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        var decoded = PluginInput.Decode(config, Config);
        return new AnnotationsTransformer(decoded.StringMap("annotations"), FieldSpecReader.ReadAll(decoded, "fieldSpecs")) { Span = config.Span };
    }

    public override void Transform(ResourceList resources) => EntrySetter.SetAll(resources, annotations, fields);
}

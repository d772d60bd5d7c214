using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Sets labels where the fields say: metadata, selectors, templates.</summary>
internal sealed class LabelTransformer(SortedDictionary<string, string> labels, ImmutableArray<FieldSpec> fields) : Transformer
{
    private static readonly GoStruct Config = new(
        "LabelTransformerPlugin", ("labels", GoType.StringMap), ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)));

    public override string Kind => "LabelTransformer";

    public static LabelTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        var decoded = PluginInput.Decode(config, Config);
        return new LabelTransformer(decoded.StringMap("labels"), FieldSpecReader.ReadAll(decoded, "fieldSpecs")) { Span = config.Span };
    }

    public override void Transform(ResourceList resources) => EntrySetter.SetAll(resources, labels, fields);
}

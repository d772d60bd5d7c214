using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Puts a suffix after names, except those of definitions, API services and namespaces.</summary>
internal sealed class SuffixTransformer(string suffix, ImmutableArray<FieldSpec> fields) : Transformer
{
    private static readonly GoStruct Config = new(
        "SuffixTransformerPlugin", ("suffix", GoType.String), ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)));

    public override string Kind => "SuffixTransformer";

    public static SuffixTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        var decoded = PluginInput.Decode(config, Config);
        return decoded.ContainsKey("fieldSpecs")
            ? new SuffixTransformer(decoded.Text("suffix"), FieldSpecReader.ReadAll(decoded, "fieldSpecs")) { Span = config.Span }
            : throw new BuildFailure("fieldSpecs is not expected to be nil", config.Span) { Code = "kustomize-plugin" };
    }

    public override void Transform(ResourceList resources)
    {
        foreach (var resource in resources)
        {
            var kind = resource.OriginalId.Gvk;
            if (NameTransforming.IsExempt(kind))
            {
                continue;
            }

            foreach (var field in fields)
            {
                if (!field.AppliesTo(kind))
                {
                    continue;
                }

                if (field.Path == "metadata/name" && suffix.Length > 0)
                {
                    resource.Suffixes.Add(suffix);
                    resource.StorePreviousId();
                }

                NameTransforming.Rename(resource, field, name => name + suffix);
            }
        }

        resources.IdsChanged();
    }
}

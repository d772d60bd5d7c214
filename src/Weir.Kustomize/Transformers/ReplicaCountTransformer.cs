using System.Collections.Immutable;
using System.Globalization;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Sets the number of replicas of the workloads that have, or had, a name. One that no workload has is a failure.</summary>
internal sealed class ReplicaCountTransformer(string name, long count, ImmutableArray<FieldSpec> fields) : Transformer
{
    private static readonly GoStruct Config = new(
        "ReplicaCountTransformerPlugin", ("replica", KustomizationTypes.Replica), ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)));

    public override string Kind => "ReplicaCountTransformer";

    public static ReplicaCountTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        var decoded = PluginInput.Decode(config, Config);
        var replica = decoded.GetMap("replica") ?? [];
        return new ReplicaCountTransformer(replica.Text("name"), replica.GetInt("count") ?? 0, FieldSpecReader.ReadAll(decoded, "fieldSpecs"))
        {
            Span = config.Span,
        };
    }

    public override void Transform(ResourceList resources)
    {
        var isFound = false;
        var text = count.ToString(CultureInfo.InvariantCulture);
        var named = resources.Where(HasName).ToList();
        foreach (var field in fields)
        {
            foreach (var resource in named)
            {
                if (!Matches(resource, field))
                {
                    continue;
                }

                isFound = true;
                if (field.AppliesTo(resource.Gvk))
                {
                    new FieldSpecWalk(field, NodeKind.Scalar, slot => Node.SetScalar(slot, text, ScalarTag.Int)).Visit(resource);
                }
            }
        }

        if (!isFound)
        {
            throw new BuildFailure(
                $"resource with name {name} does not match a config with the following GVK [{string.Join(' ', fields.Select(f => f.Gvk.ToIdText()))}]",
                Span)
            {
                Code = "kustomize-no-target",
            };
        }
    }

    private bool HasName(Resource resource) => resource.Name == name || resource.Previous.Exists(p => p.Name == name);

    private bool Matches(Resource resource, FieldSpec field) =>
        (resource.Name == name && field.AppliesTo(resource.Gvk))
        || resource.Previous.Exists(p => p.Name == name && field.AppliesTo(resource.ToId(p).Gvk));
}

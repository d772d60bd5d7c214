using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Replica sets, and replication controllers with their plain selector.</summary>
internal sealed class ReplicaSetKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "replicas", 1);
        if (spec.GetMap("template") is { } template)
        {
            PodDefaults.Spec(template.GetOrAddMap("spec"));
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        NonNegative(spec, "replicas", "spec", errors);
        NonNegative(spec, "minReadySeconds", "spec", errors);
        if (value.GetString("kind") == "ReplicaSet")
        {
            PodValidation.Selector(spec, "spec", "replicaset", errors);
            PodValidation.Template(spec, "spec", errors);
            WorkloadValidation.AlwaysRestarts(spec, errors);
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        if (value.GetString("kind") == "ReplicaSet")
        {
            Immutable(value, old, "spec.selector", errors);
        }
    }
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Pods.</summary>
internal sealed class PodKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        PodDefaults.RequestsFromLimits(spec);
        PodDefaults.Spec(spec);
        SetDefault(spec, "enableServiceLinks", true);
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors) =>
        PodValidation.Spec(value.GetMap("spec") ?? [], "spec", errors);
}

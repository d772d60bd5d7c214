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

    public override void PrepareCreate(MapValue value) => value["status"] = new MapValue
    {
        ["phase"] = "Pending",
        ["qosClass"] = QualityOfService.Of(value.GetMap("spec") ?? []),
    };

    public override void Validate(MapValue value, ICollection<FieldError> errors) =>
        PodValidation.Spec(value.GetMap("spec") ?? [], "spec", errors);
}

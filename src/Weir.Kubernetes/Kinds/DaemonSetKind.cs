using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Daemon sets.</summary>
internal sealed class DaemonSetKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        var strategy = spec.GetOrAddMap("updateStrategy");
        SetDefault(strategy, "type", "RollingUpdate");
        if (strategy.GetString("type") == "RollingUpdate")
        {
            var rolling = strategy.GetOrAddMap("rollingUpdate");
            SetDefault(rolling, "maxUnavailable", 1);
            SetDefault(rolling, "maxSurge", 0);
        }

        SetDefault(spec, "revisionHistoryLimit", 10);
        PodDefaults.Spec(spec.GetOrAddMap("template").GetOrAddMap("spec"));
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        PodValidation.Selector(spec, "spec", "daemonset", errors);
        PodValidation.Template(spec, "spec", errors);
        WorkloadValidation.AlwaysRestarts(spec, errors);
        NonNegative(spec, "minReadySeconds", "spec", errors);
        PodValidation.Supported(spec.GetMap("updateStrategy") ?? [], "type", "spec.updateStrategy", ["RollingUpdate", "OnDelete"], errors);
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors) => Immutable(value, old, "spec.selector", errors);
}

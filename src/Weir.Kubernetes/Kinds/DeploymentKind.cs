using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Deployments.</summary>
internal sealed class DeploymentKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "replicas", 1);
        SetDefault(spec, "revisionHistoryLimit", 10);
        SetDefault(spec, "progressDeadlineSeconds", 600);
        var strategy = spec.GetOrAddMap("strategy");
        SetDefault(strategy, "type", "RollingUpdate");
        if (strategy.GetString("type") == "RollingUpdate")
        {
            var rolling = strategy.GetOrAddMap("rollingUpdate");
            SetDefault(rolling, "maxUnavailable", "25%");
            SetDefault(rolling, "maxSurge", "25%");
        }

        PodDefaults.Spec(spec.GetOrAddMap("template").GetOrAddMap("spec"));
    }

    public override bool IsNewGeneration(MapValue value, MapValue old) =>
        base.IsNewGeneration(value, old) || !Value.DeepEquals(value.At("metadata", "annotations"), old.At("metadata", "annotations"));

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        NonNegative(spec, "replicas", "spec", errors);
        PodValidation.Selector(spec, "spec", "deployment", errors);
        PodValidation.Template(spec, "spec", errors);
        WorkloadValidation.AlwaysRestarts(spec, errors);
        var strategy = spec.GetMap("strategy") ?? [];
        switch (strategy.GetString("type"))
        {
            case "Recreate" when strategy.ContainsKey("rollingUpdate"):
                errors.Add(FieldError.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'"));
                break;
            case "Recreate" or "RollingUpdate":
                break;
            case var other:
                errors.Add(FieldError.NotSupported("spec.strategy.type", other ?? "", ["Recreate", "RollingUpdate"]));
                break;
        }

        NonNegative(spec, "minReadySeconds", "spec", errors);
        NonNegative(spec, "revisionHistoryLimit", "spec", errors);
        NonNegative(spec, "progressDeadlineSeconds", "spec", errors);
        if (spec.GetInt("progressDeadlineSeconds") is { } deadline && deadline <= (spec.GetInt("minReadySeconds") ?? 0))
        {
            errors.Add(FieldError.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors) => Immutable(value, old, "spec.selector", errors);
}

using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Daemon sets.</summary>
internal sealed class DaemonSetKind : BuiltInKind
{
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";

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

        SetDefault(value.GetOrAddMap("metadata").GetOrAddMap("annotations"), TemplateGeneration, "0");
        SetDefault(spec, "revisionHistoryLimit", 10);
        PodDefaults.Spec(spec.GetOrAddMap("template").GetOrAddMap("spec"));
    }

    public override void PrepareCreate(MapValue value) => SetTemplateGeneration(value, 1);

    public override void PrepareUpdate(MapValue value, MapValue old)
    {
        var before = long.TryParse(old.Annotation(TemplateGeneration), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
        SetTemplateGeneration(value, Value.DeepEquals(value.At("spec", "template"), old.At("spec", "template")) ? before : before + 1);
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

    private static void SetTemplateGeneration(MapValue value, long number) =>
        value.GetOrAddMap("metadata").GetOrAddMap("annotations")[TemplateGeneration] = number.ToString(CultureInfo.InvariantCulture);
}

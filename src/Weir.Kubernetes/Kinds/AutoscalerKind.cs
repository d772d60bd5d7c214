using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Horizontal pod autoscalers.</summary>
internal sealed class AutoscalerKind : BuiltInKind
{
    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "minReplicas", 1);
        if (value.GetString("apiVersion") == "autoscaling/v2" && spec.GetList("metrics") is not { Count: > 0 })
        {
            spec["metrics"] = new ListValue
            {
                new MapValue
                {
                    ["type"] = "Resource",
                    ["resource"] = new MapValue { ["name"] = "cpu", ["target"] = new MapValue { ["type"] = "Utilization", ["averageUtilization"] = 80 } },
                },
            };
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        var (min, max) = (spec.GetInt("minReplicas") ?? 1, spec.GetInt("maxReplicas") ?? 0);
        if (min < 1)
        {
            errors.Add(FieldError.Invalid("spec.minReplicas", min, "must be greater than or equal to 1"));
        }

        if (max < 1)
        {
            errors.Add(FieldError.Required("spec.maxReplicas", "must be set and greater than 0"));
        }
        else if (max < min)
        {
            errors.Add(FieldError.Invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`"));
        }
    }
}

using System.Globalization;
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
        var target = spec.GetMap("scaleTargetRef") ?? [];
        if (target.GetString("kind") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("spec.scaleTargetRef.kind"));
        }

        if (target.GetString("name") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("spec.scaleTargetRef.name"));
        }

        if (target.GetString("apiVersion") is not { Length: > 0 } && target.GetString("kind") is not ("ReplicationController" or null))
        {
            errors.Add(FieldError.Invalid("spec.scaleTargetRef.apiVersion", "", "apiVersion must specify API group"));
        }

        Metrics(spec.GetList("metrics") ?? [], min, errors);
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

    private static void Metrics(ListValue metrics, long min, ICollection<FieldError> errors)
    {
        var scalesToZero = false;
        for (var i = 0; i < metrics.Count; i++)
        {
            var metric = metrics[i] as MapValue ?? [];
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.metrics[{i}]");
            var type = metric.GetString("type") ?? "";
            scalesToZero |= type is "Object" or "External";
            var field = type switch
            {
                "Object" => "object",
                "Pods" => "pods",
                "Resource" => "resource",
                "External" => "external",
                "ContainerResource" => "containerResource",
                _ => null,
            };
            if (field is null)
            {
                errors.Add(type.Length == 0
                    ? FieldError.Required($"{path}.type", "must specify a metric source type")
                    : FieldError.NotSupported($"{path}.type", type, ["ContainerResource", "External", "Object", "Pods", "Resource"]));
            }
            else if (!metric.ContainsKey(field))
            {
                errors.Add(FieldError.Required($"{path}.{field}", "must populate information for the given metric source"));
            }
        }

        if (min == 0 && !scalesToZero)
        {
            errors.Add(FieldError.Forbidden("spec.metrics", "must specify at least one Object or External metric to support scaling to zero replicas"));
        }
    }
}

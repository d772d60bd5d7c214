using Weir.ApiServer.Encoding;
using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Autoscalers in their first version, which knows only the processor, and in their second.</summary>
internal static class AutoscalerConversion
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    /// <summary>v2 as v1: what v1 has no field for is kept in annotations.</summary>
    public static MapValue ToFirst(MapValue value)
    {
        var (spec, status) = (value.GetOrAddMap("spec"), value.GetOrAddMap("status"));
        Split(value, spec, "metrics", "metrics", "targetCPUUtilizationPercentage", spec, static m => m.At("resource", "target", "averageUtilization"));
        Split(value, status, "currentMetrics", "current-metrics", "currentCPUUtilizationPercentage", status, static m => m.At("resource", "current", "averageUtilization"));
        Annotate(value, "conditions", status["conditions"]);
        Annotate(value, "behavior", spec["behavior"]);
        status.Remove("conditions");
        spec.Remove("behavior");
        return value;
    }

    /// <summary>v1 as v2.</summary>
    public static MapValue ToSecond(MapValue value)
    {
        var (spec, status) = (value.GetOrAddMap("spec"), value.GetOrAddMap("status"));
        var metrics = Annotation(value, "metrics") as ListValue ?? new ListValue();
        if (spec.GetInt("targetCPUUtilizationPercentage") is { } target)
        {
            metrics.Add(new MapValue
            {
                ["type"] = "Resource",
                ["resource"] = new MapValue { ["name"] = "cpu", ["target"] = new MapValue { ["type"] = "Utilization", ["averageUtilization"] = target } },
            });
        }

        spec.Remove("targetCPUUtilizationPercentage");
        if (metrics.Count > 0)
        {
            spec["metrics"] = metrics;
        }

        var current = Annotation(value, "current-metrics") as ListValue ?? new ListValue();
        if (status.GetInt("currentCPUUtilizationPercentage") is { } percentage)
        {
            current.Add(new MapValue
            {
                ["type"] = "Resource",
                ["resource"] = new MapValue { ["name"] = "cpu", ["current"] = new MapValue { ["averageUtilization"] = percentage, ["averageValue"] = "0" } },
            });
        }

        status.Remove("currentCPUUtilizationPercentage");
        if (current.Count > 0)
        {
            status["currentMetrics"] = current;
        }

        Restore(value, "conditions", status);
        Restore(value, "behavior", spec);
        var annotations = value.GetMap("metadata")?.GetMap("annotations");
        foreach (var name in (ReadOnlySpan<string>)["metrics", "current-metrics", "conditions", "behavior"])
        {
            annotations?.Remove(Prefix + name);
        }

        if (annotations is { Count: 0 })
        {
            value.GetMap("metadata")!.Remove("annotations");
        }

        return value;
    }

    private static void Split(MapValue value, MapValue part, string field, string annotation, string number, MapValue target, Func<MapValue, Value?> read)
    {
        var others = new ListValue();
        foreach (var item in part.GetList(field) ?? [])
        {
            if (item is MapValue metric && metric.GetString("type") == "Resource" && metric.At("resource", "name") is StringValue { Value: "cpu" }
                && read(metric) is { } percentage && !target.ContainsKey(number))
            {
                target[number] = percentage;
            }
            else
            {
                others.Add(item);
            }
        }

        part.Remove(field);
        Annotate(value, annotation, others.Count > 0 ? others : null);
    }

    private static void Annotate(MapValue value, string name, Value? content)
    {
        if (content is not null and not NullValue)
        {
            value.GetOrAddMap("metadata").GetOrAddMap("annotations")[Prefix + name] = System.Text.Encoding.UTF8.GetString(JsonEncoder.Encode(content));
        }
    }

    private static void Restore(MapValue value, string name, MapValue target)
    {
        if (Annotation(value, name) is { } content)
        {
            target[name] = content;
        }
    }

    private static Value? Annotation(MapValue value, string name) =>
        value.GetMap("metadata")?.GetMap("annotations")?.GetString(Prefix + name) is { Length: > 0 } text
            ? JsonDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(text), out _)
            : null;
}

using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The scopes of a ResourceQuota: which pods and claims it is about.</summary>
public static class QuotaScopes
{
    /// <summary>Whether a quota's <c>spec</c> is about an object; without scopes it is about all, and scopes only know pods.</summary>
    public static bool Matches(MapValue spec, string group, string plural, MapValue value)
    {
        foreach (var scope in (spec.GetList("scopes") ?? []).OfType<StringValue>())
        {
            if (!Matches(scope.Value, "Exists", [], group, plural, value))
            {
                return false;
            }
        }

        foreach (var expression in (spec.At("scopeSelector", "matchExpressions") as ListValue ?? []).OfType<MapValue>())
        {
            if (!Matches(expression.GetString("scopeName") ?? "", expression.GetString("operator") ?? "", expression.GetList("values") ?? [], group, plural, value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(string scope, string test, ListValue values, string group, string plural, MapValue value)
    {
        if (group.Length > 0 || plural is not ("pods" or "persistentvolumeclaims"))
        {
            return false;
        }

        if (plural == "persistentvolumeclaims")
        {
            return scope == "VolumeAttributesClass" && Named(value.At("spec", "volumeAttributesClassName")?.ToString() ?? "", test, values);
        }

        var spec = value.GetMap("spec") ?? [];
        return scope switch
        {
            "Terminating" => spec.GetInt("activeDeadlineSeconds") is >= 0,
            "NotTerminating" => spec.GetInt("activeDeadlineSeconds") is not >= 0,
            "BestEffort" => QualityOfService.Of(spec) == "BestEffort",
            "NotBestEffort" => QualityOfService.Of(spec) != "BestEffort",
            "PriorityClass" => Named(spec.GetString("priorityClassName") ?? "", test, values),
            "CrossNamespacePodAffinity" => CrossesNamespaces(spec),
            _ => false,
        };
    }

    private static bool Named(string name, string test, ListValue values) => test switch
    {
        "Exists" => name.Length > 0,
        "DoesNotExist" => name.Length == 0,
        "In" => name.Length > 0 && values.Contains(new StringValue(name)),
        "NotIn" => !values.Contains(new StringValue(name)),
        _ => false,
    };

    private static bool CrossesNamespaces(MapValue spec)
    {
        foreach (var kind in (ReadOnlySpan<string>)["podAffinity", "podAntiAffinity"])
        {
            var affinity = spec.At("affinity", kind) as MapValue;
            var required = (affinity?.GetList("requiredDuringSchedulingIgnoredDuringExecution") ?? []).OfType<MapValue>();
            var preferred = (affinity?.GetList("preferredDuringSchedulingIgnoredDuringExecution") ?? []).OfType<MapValue>()
                .Select(static t => t.GetMap("podAffinityTerm") ?? []);
            if (required.Concat(preferred).Any(static t => t.GetList("namespaces") is { Count: > 0 } || t.GetMap("namespaceSelector") is not null))
            {
                return true;
            }
        }

        return false;
    }
}

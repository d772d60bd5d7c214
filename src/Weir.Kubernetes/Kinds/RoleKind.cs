using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Roles, of a namespace or of the cluster.</summary>
internal sealed class RoleKind(bool isCluster) : BuiltInKind
{
    public override bool HasStatus => false;

    public override void PrepareCreate(MapValue value) => DropEmpty(value);

    public override void PrepareUpdate(MapValue value, MapValue old) => DropEmpty(value);

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var rules = value.GetList("rules") ?? [];
        for (var i = 0; i < rules.Count; i++)
        {
            Rule(rules[i] as MapValue ?? [], string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"), errors);
        }

        if (value.GetMap("aggregationRule") is { } aggregation && aggregation.GetList("clusterRoleSelectors") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required("aggregationRule.clusterRoleSelectors", "at least one clusterRoleSelector required if aggregationRule is non-nil"));
        }
    }

    /// <summary>Storage knows no empty list here, only an absent one.</summary>
    private static void DropEmpty(MapValue value)
    {
        if (value["rules"] is ListValue { Count: 0 })
        {
            value["rules"] = NullValue.Instance;
        }
    }

    private void Rule(MapValue rule, string path, ICollection<FieldError> errors)
    {
        if (rule.GetList("verbs") is not { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.verbs", "verbs must contain at least one value"));
        }

        var (groups, resources) = (rule.GetList("apiGroups"), rule.GetList("resources"));
        if (rule.GetList("nonResourceURLs") is { Count: > 0 } paths)
        {
            if (!isCluster)
            {
                errors.Add(FieldError.Invalid($"{path}.nonResourceURLs", paths, "namespaced rules cannot apply to non-resource URLs"));
            }

            if (groups is { Count: > 0 } || resources is { Count: > 0 } || rule.GetList("resourceNames") is { Count: > 0 })
            {
                errors.Add(FieldError.Invalid($"{path}.nonResourceURLs", paths, "rules cannot apply to both regular resources and non-resource URLs"));
            }

            return;
        }

        if (groups is not { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.apiGroups", "resource rules must supply at least one api group"));
        }

        if (resources is not { Count: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.resources", "resource rules must supply at least one resource"));
        }
    }
}

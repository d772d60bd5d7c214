using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Quotas of namespaces.</summary>
internal sealed class ResourceQuotaKind : BuiltInKind
{
    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal)
    {
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas", "services", "replicationcontrollers",
        "secrets", "persistentvolumeclaims", "configmaps", "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> Whole = new(StringComparer.Ordinal)
    {
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps",
        "services.nodeports", "services.loadbalancers",
    };

    private static readonly HashSet<string> Scopes = new(StringComparer.Ordinal)
    {
        "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass",
    };

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        foreach (var (part, key) in ((string, string)[])[("spec", "hard"), ("status", "hard"), ("status", "used")])
        {
            foreach (var (name, amount) in value.At(part, key) as MapValue ?? [])
            {
                Amount($"{part}.{key}[{name}]", name, amount, errors);
            }
        }

        var scopes = value.At("spec", "scopes") as ListValue ?? [];
        foreach (var scope in scopes)
        {
            if (scope is not StringValue { Value: var text } || !Scopes.Contains(text))
            {
                errors.Add(FieldError.Invalid("spec.scopes", scopes, "unsupported scope"));
            }
        }

        foreach (var (one, other) in ((string, string)[])[("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")])
        {
            if (scopes.Contains(new StringValue(one)) && scopes.Contains(new StringValue(other)))
            {
                errors.Add(FieldError.Invalid("spec.scopes", scopes, "conflicting scopes"));
            }
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        var (now, before) = (value.At("spec", "scopes") as ListValue ?? [], old.At("spec", "scopes") as ListValue ?? []);
        if (!now.ToHashSet().SetEquals(before))
        {
            errors.Add(FieldError.Invalid("spec.scopes", now, "field is immutable"));
        }
    }

    private static void Amount(string path, string name, Value amount, ICollection<FieldError> errors)
    {
        if (!name.Contains('/', StringComparison.Ordinal) && !Standard.Contains(name)
            && !name.StartsWith("hugepages-", StringComparison.Ordinal) && !name.StartsWith("requests.hugepages-", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid(path, name, "must be a standard resource for quotas"));
        }

        if (!Quantity.TryParse(amount.ToString() ?? "", out var quantity, out _))
        {
            return;
        }

        if (quantity.Sign < 0)
        {
            errors.Add(FieldError.Invalid(path, amount, "must be greater than or equal to 0"));
        }

        if (Whole.Contains(name) && !quantity.TryGetInteger(out _))
        {
            errors.Add(FieldError.Invalid(path, amount, "must be an integer"));
        }
    }
}

using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>Dangers of a single object that changes.</summary>
internal static class ObjectRules
{
    private static readonly Dictionary<(string Group, string Kind), string[]> Immutable = new()
    {
        [("apps", "Deployment")] = ["spec.selector"],
        [("apps", "DaemonSet")] = ["spec.selector"],
        [("apps", "ReplicaSet")] = ["spec.selector"],
        [("apps", "StatefulSet")] = ["spec.selector", "spec.serviceName", "spec.volumeClaimTemplates", "spec.podManagementPolicy"],
        [("batch", "Job")] = ["spec.selector", "spec.template", "spec.completionMode"],
        [("", "PersistentVolumeClaim")] = ["spec.accessModes", "spec.storageClassName", "spec.volumeMode", "spec.volumeName", "spec.selector"],
        [("", "Service")] = ["spec.clusterIP"],
        [("rbac.authorization.k8s.io", "RoleBinding")] = ["roleRef"],
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = ["roleRef"],
        [("storage.k8s.io", "StorageClass")] = ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
        [("scheduling.k8s.io", "PriorityClass")] = ["value", "preemptionPolicy"],
    };

    private static readonly HashSet<(string Group, string Kind)> HoldsData =
    [
        ("", "PersistentVolumeClaim"), ("", "PersistentVolume"), ("", "Namespace"), ("apps", "StatefulSet"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
    ];

    public static IEnumerable<Finding> Find(UnitId unit, ObjectChange change)
    {
        var kind = (change.Key.Group, change.Key.Kind);
        if (change.Kind is ChangeKind.Deleted or ChangeKind.Renamed && HoldsData.Contains(kind))
        {
            var name = change.Kind == ChangeKind.Renamed ? $"{change.Key.Kind} {change.OldName}" : $"{change.Key.Kind} {change.Key.Name}";
            yield return Of("data-deletion", FindingSeverity.Error, $"{name} is deleted, with the data that it holds");
        }

        if (change.Kind == ChangeKind.Changed)
        {
            foreach (var field in Immutable.GetValueOrDefault(kind) ?? [])
            {
                if (change.Fields.FirstOrDefault(f => f.Before is not null && IsBelow(f.Path, field)) is { } touched)
                {
                    yield return Of("immutable-field", FindingSeverity.Error, $"{field} cannot be changed in place ({touched.Path}): the object must be deleted and created again");
                }
            }

            if (change.Before?.GetBool("immutable") == true && change.Fields.Any(static f => IsBelow(f.Path, "data") || IsBelow(f.Path, "binaryData")))
            {
                yield return Of("immutable-field", FindingSeverity.Error, "the object is marked immutable and its data changes");
            }

            if (change.Fields.FirstOrDefault(static f => f.Path == "spec.replicas") is { Before: IntValue { Value: > 0 } or FloatValue, After: IntValue { Value: 0 } or FloatValue { Value: 0 } })
            {
                yield return Of("replicas-zero", FindingSeverity.Warning, "it is scaled to zero");
            }
        }

        if (unit.Kind == "Kustomization" && UnresolvedVariables.Find(change) is { } variable)
        {
            yield return Of("unresolved-variable", FindingSeverity.Warning, $"{variable.Path} holds {variable.Name}, which nothing replaces");
        }

        foreach (var widening in PrivilegeRules.Find(change.Before, change.After))
        {
            // A new application brings rights of its own; a known one that wants more is the surprise.
            yield return Of(widening.Rule, change.Before is null ? FindingSeverity.Warning : FindingSeverity.Error, widening.Message);
        }

        Finding Of(string rule, FindingSeverity severity, string message) =>
            new(rule, severity, unit, change.Key, message, (change.After ?? change.Before)?.Span ?? default);
    }

    private static bool IsBelow(string path, string field) =>
        path.StartsWith(field, StringComparison.Ordinal) && (path.Length == field.Length || path[field.Length] is '.' or '[');
}

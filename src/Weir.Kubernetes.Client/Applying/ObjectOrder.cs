using System.Collections.Frozen;
using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// The order in which objects are applied: definitions before what they define, configuration before what reads it,
/// webhooks last. Deleting goes the other way round. As fluxcd/pkg ssa 0.77.
/// </summary>
public static class ObjectOrder
{
    private static readonly FrozenDictionary<string, int> Ranks = Rank(
        [
            "CustomResourceDefinition", "Namespace", "ClusterRole", "ClusterClass", "RuntimeClass", "PriorityClass", "StorageClass",
            "VolumeSnapshotClass", "IngressClass", "GatewayClass", "ClusterRoleBinding", "ResourceQuota", "ServiceAccount", "Role",
            "RoleBinding", "ConfigMap", "Secret", "Service", "LimitRange", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
        ],
        ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]);

    public static int Compare(ObjectKey left, ObjectKey right)
    {
        var difference = Ranks.GetValueOrDefault(left.Kind).CompareTo(Ranks.GetValueOrDefault(right.Kind));
        if (difference == 0)
        {
            difference = string.CompareOrdinal(left.Group, right.Group);
        }

        if (difference == 0)
        {
            difference = string.CompareOrdinal(left.Kind, right.Kind);
        }

        if (difference == 0)
        {
            difference = string.CompareOrdinal(left.Namespace, right.Namespace);
        }

        return difference == 0 ? string.CompareOrdinal(left.Name, right.Name) : difference;
    }

    /// <summary>CustomResourceDefinitions, namespaces and cluster roles: others cannot be applied before they are ready.</summary>
    public static bool IsClusterDefinition(MapValue value)
    {
        var kind = value.GroupVersionKind();
        return kind is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" }
            or { Group: "", Version: "v1", Kind: "Namespace" }
            or { Group: "rbac.authorization.k8s.io", Kind: "ClusterRole" };
    }

    /// <summary>StorageClass, IngressClass, GatewayClass and the like.</summary>
    public static bool IsClassDefinition(MapValue value) =>
        (value.GetString("kind") ?? "").EndsWith("Class", StringComparison.Ordinal);

    private static FrozenDictionary<string, int> Rank(string[] first, string[] last)
    {
        var ranks = new Dictionary<string, int>();
        for (var i = 0; i < first.Length; i++)
        {
            ranks[first[i]] = i - first.Length;
        }

        for (var i = 0; i < last.Length; i++)
        {
            ranks[last[i]] = i + 1;
        }

        return ranks.ToFrozenDictionary();
    }
}

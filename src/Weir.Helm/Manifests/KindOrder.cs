namespace Weir.Helm;

/// <summary>The order of kinds in which Helm 4.2 installs objects, and the one in which it removes them.</summary>
public static class KindOrder
{
    public static IReadOnlyList<string> Install { get; } =
    [
        "PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy", "PodDisruptionBudget",
        "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass", "PersistentVolume", "PersistentVolumeClaim",
        "CustomResourceDefinition", "ClusterRole", "ClusterRoleList", "ClusterRoleBinding", "ClusterRoleBindingList", "Role",
        "RoleList", "RoleBinding", "RoleBindingList", "Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet",
        "Deployment", "HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService",
        "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration",
    ];

    // Services go before the workloads behind them, and validation before mutation: not the mirror of the order above.
    public static IReadOnlyList<string> Uninstall { get; } =
    [
        "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "APIService", "Ingress", "IngressClass", "Service",
        "CronJob", "Job", "StatefulSet", "HorizontalPodAutoscaler", "Deployment", "ReplicaSet", "ReplicationController", "Pod",
        "DaemonSet", "RoleBindingList", "RoleBinding", "RoleList", "Role", "ClusterRoleBindingList", "ClusterRoleBinding",
        "ClusterRoleList", "ClusterRole", "CustomResourceDefinition", "PersistentVolumeClaim", "PersistentVolume", "StorageClass",
        "ConfigMap", "SecretList", "Secret", "ServiceAccount", "PodDisruptionBudget", "PodSecurityPolicy", "LimitRange",
        "ResourceQuota", "NetworkPolicy", "Namespace", "PriorityClass",
    ];

    private static readonly Dictionary<string, int> InstallRanks = Ranks(Install);
    private static readonly Dictionary<string, int> UninstallRanks = Ranks(Uninstall);

    /// <summary>The items in the order of installing; equal kinds keep their order, unknown ones come last by name.</summary>
    public static IReadOnlyList<T> ForInstall<T>(IEnumerable<T> items, Func<T, string> kind) => Sort(items, kind, InstallRanks);

    /// <summary>The items in the order of removing.</summary>
    public static IReadOnlyList<T> ForUninstall<T>(IEnumerable<T> items, Func<T, string> kind) => Sort(items, kind, UninstallRanks);

    private static T[] Sort<T>(IEnumerable<T> items, Func<T, string> kind, Dictionary<string, int> ranks) =>
        [.. items.OrderBy(i => ranks.GetValueOrDefault(kind(i), int.MaxValue)).ThenBy(i => ranks.ContainsKey(kind(i)) ? "" : kind(i), StringComparer.Ordinal)];

    private static Dictionary<string, int> Ranks(IReadOnlyList<string> kinds)
    {
        var ranks = new Dictionary<string, int>(kinds.Count, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            ranks.Add(kind, ranks.Count);
        }

        return ranks;
    }
}

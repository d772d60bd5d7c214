namespace Weir.Helm;

/// <summary>API versions that Kubernetes took away, with the minor version that no longer had them.</summary>
internal static class RemovedApi
{
    private static readonly Dictionary<string, (int Minor, string Instead)> Removed = new(StringComparer.Ordinal)
    {
        ["extensions/v1beta1 Deployment"] = (16, "apps/v1"),
        ["extensions/v1beta1 DaemonSet"] = (16, "apps/v1"),
        ["extensions/v1beta1 ReplicaSet"] = (16, "apps/v1"),
        ["extensions/v1beta1 NetworkPolicy"] = (16, "networking.k8s.io/v1"),
        ["extensions/v1beta1 PodSecurityPolicy"] = (16, ""),
        ["extensions/v1beta1 Ingress"] = (22, "networking.k8s.io/v1"),
        ["apps/v1beta1 Deployment"] = (16, "apps/v1"),
        ["apps/v1beta1 StatefulSet"] = (16, "apps/v1"),
        ["apps/v1beta2 Deployment"] = (16, "apps/v1"),
        ["apps/v1beta2 StatefulSet"] = (16, "apps/v1"),
        ["apps/v1beta2 DaemonSet"] = (16, "apps/v1"),
        ["apps/v1beta2 ReplicaSet"] = (16, "apps/v1"),
        ["networking.k8s.io/v1beta1 Ingress"] = (22, "networking.k8s.io/v1"),
        ["networking.k8s.io/v1beta1 IngressClass"] = (22, "networking.k8s.io/v1"),
        ["apiextensions.k8s.io/v1beta1 CustomResourceDefinition"] = (22, "apiextensions.k8s.io/v1"),
        ["apiregistration.k8s.io/v1beta1 APIService"] = (22, "apiregistration.k8s.io/v1"),
        ["admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration"] = (22, "admissionregistration.k8s.io/v1"),
        ["admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration"] = (22, "admissionregistration.k8s.io/v1"),
        ["rbac.authorization.k8s.io/v1beta1 ClusterRole"] = (22, "rbac.authorization.k8s.io/v1"),
        ["rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding"] = (22, "rbac.authorization.k8s.io/v1"),
        ["rbac.authorization.k8s.io/v1beta1 Role"] = (22, "rbac.authorization.k8s.io/v1"),
        ["rbac.authorization.k8s.io/v1beta1 RoleBinding"] = (22, "rbac.authorization.k8s.io/v1"),
        ["scheduling.k8s.io/v1beta1 PriorityClass"] = (22, "scheduling.k8s.io/v1"),
        ["storage.k8s.io/v1beta1 StorageClass"] = (22, "storage.k8s.io/v1"),
        ["storage.k8s.io/v1beta1 CSIDriver"] = (22, "storage.k8s.io/v1"),
        ["batch/v1beta1 CronJob"] = (25, "batch/v1"),
        ["policy/v1beta1 PodDisruptionBudget"] = (25, "policy/v1"),
        ["policy/v1beta1 PodSecurityPolicy"] = (25, ""),
        ["discovery.k8s.io/v1beta1 EndpointSlice"] = (25, "discovery.k8s.io/v1"),
        ["events.k8s.io/v1beta1 Event"] = (25, "events.k8s.io/v1"),
        ["autoscaling/v2beta1 HorizontalPodAutoscaler"] = (25, "autoscaling/v2"),
        ["autoscaling/v2beta2 HorizontalPodAutoscaler"] = (26, "autoscaling/v2"),
        ["flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema"] = (29, "flowcontrol.apiserver.k8s.io/v1"),
        ["flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema"] = (32, "flowcontrol.apiserver.k8s.io/v1"),
    };

    /// <summary>What is wrong with an object's API version on a cluster, and what to write instead.</summary>
    public static (string Message, string? Hint)? Check(string apiVersion, string kind, int clusterMinor) =>
        Removed.TryGetValue($"{apiVersion} {kind}", out var removed) && clusterMinor >= removed.Minor
            ? ($"{apiVersion} {kind} is unavailable in v1.{removed.Minor}+", removed.Instead.Length > 0 ? $"write apiVersion: {removed.Instead}" : null)
            : null;
}

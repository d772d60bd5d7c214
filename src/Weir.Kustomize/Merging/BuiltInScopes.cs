namespace Weir.Kustomize.Merging;

/// <summary>
/// The kinds of Kubernetes 1.21 that have no namespace, which kustomize 5 embeds. All others, known or not, are taken
/// for namespaced.
/// </summary>
internal static class BuiltInScopes
{
    /// <summary>True for a built-in kind without namespace.</summary>
    public static bool IsClusterScoped(string apiVersion, string kind) => (apiVersion, kind) switch
    {
        ("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration") => true,
        ("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration") => true,
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition") => true,
        ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition") => true,
        ("apiregistration.k8s.io/v1", "APIService") => true,
        ("apiregistration.k8s.io/v1beta1", "APIService") => true,
        ("certificates.k8s.io/v1", "CertificateSigningRequest") => true,
        ("certificates.k8s.io/v1beta1", "CertificateSigningRequest") => true,
        ("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema" or "PriorityLevelConfiguration") => true,
        ("networking.k8s.io/v1", "IngressClass") => true,
        ("networking.k8s.io/v1beta1", "IngressClass") => true,
        ("node.k8s.io/v1", "RuntimeClass") => true,
        ("node.k8s.io/v1beta1", "RuntimeClass") => true,
        ("policy/v1beta1", "PodSecurityPolicy") => true,
        ("rbac.authorization.k8s.io/v1", "ClusterRole" or "ClusterRoleBinding") => true,
        ("rbac.authorization.k8s.io/v1beta1", "ClusterRole" or "ClusterRoleBinding") => true,
        ("scheduling.k8s.io/v1", "PriorityClass") => true,
        ("scheduling.k8s.io/v1beta1", "PriorityClass") => true,
        ("storage.k8s.io/v1", "CSIDriver" or "CSINode" or "StorageClass" or "VolumeAttachment") => true,
        ("storage.k8s.io/v1beta1", "CSIDriver" or "CSINode" or "StorageClass" or "VolumeAttachment") => true,
        ("v1", "ComponentStatus" or "Namespace" or "Node" or "NodeProxyOptions" or "PersistentVolume") => true,
        _ => false,
    };

    /// <summary>True for every kind whose scope kustomize knows by heart.</summary>
    public static bool IsKnown(string apiVersion, string kind) => IsClusterScoped(apiVersion, kind) || (apiVersion, kind) switch
    {
        ("apps/v1", "ControllerRevision" or "DaemonSet" or "Deployment" or "ReplicaSet" or "StatefulSet") => true,
        ("autoscaling/v1", "HorizontalPodAutoscaler" or "Scale") => true,
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler") => true,
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler") => true,
        ("batch/v1", "CronJob" or "Job") => true,
        ("batch/v1beta1", "CronJob") => true,
        ("coordination.k8s.io/v1", "Lease") => true,
        ("coordination.k8s.io/v1beta1", "Lease") => true,
        ("discovery.k8s.io/v1", "EndpointSlice") => true,
        ("discovery.k8s.io/v1beta1", "EndpointSlice") => true,
        ("events.k8s.io/v1", "Event") => true,
        ("events.k8s.io/v1beta1", "Event") => true,
        ("extensions/v1beta1", "Ingress") => true,
        ("networking.k8s.io/v1", "Ingress" or "NetworkPolicy") => true,
        ("networking.k8s.io/v1beta1", "Ingress") => true,
        ("policy/v1", "PodDisruptionBudget") => true,
        ("policy/v1beta1", "PodDisruptionBudget") => true,
        ("rbac.authorization.k8s.io/v1", "Role" or "RoleBinding") => true,
        ("rbac.authorization.k8s.io/v1beta1", "Role" or "RoleBinding") => true,
        ("storage.k8s.io/v1beta1", "CSIStorageCapacity") => true,
        ("v1", "ConfigMap" or "Endpoints" or "Event" or "LimitRange" or "PersistentVolumeClaim" or "Pod" or "PodAttachOptions" or "PodExecOptions" or "PodPortForwardOptions" or "PodProxyOptions" or "PodTemplate" or "ReplicationController" or "ResourceQuota" or "Secret" or "Service" or "ServiceAccount" or "ServiceProxyOptions") => true,
        _ => false,
    };
}

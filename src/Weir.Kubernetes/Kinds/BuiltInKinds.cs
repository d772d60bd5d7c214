namespace Weir.Kubernetes;

/// <summary>The rules of the built-in kinds.</summary>
public static class BuiltInKinds
{
    private static readonly BuiltInKind Plain = new();
    private static readonly BuiltInKind Counted = new CountedKind();

    private static readonly Dictionary<(string Group, string Kind), BuiltInKind> Kinds = new()
    {
        [("", "Pod")] = new PodKind(),
        [("", "Service")] = new ServiceKind(),
        [("", "Secret")] = new SecretKind(),
        [("", "ConfigMap")] = new ConfigMapKind(),
        [("", "LimitRange")] = new LimitRangeKind(),
        [("", "Namespace")] = new NamespaceKind(),
        [("", "ResourceQuota")] = new ResourceQuotaKind(),
        [("", "PersistentVolumeClaim")] = new PersistentVolumeClaimKind(),
        [("", "PersistentVolume")] = new PersistentVolumeKind(),
        [("", "ReplicationController")] = new ReplicaSetKind(),
        [("apps", "Deployment")] = new DeploymentKind(),
        [("apps", "ReplicaSet")] = new ReplicaSetKind(),
        [("apps", "StatefulSet")] = new StatefulSetKind(),
        [("apps", "DaemonSet")] = new DaemonSetKind(),
        [("batch", "Job")] = new JobKind(),
        [("batch", "CronJob")] = new CronJobKind(),
        [("autoscaling", "HorizontalPodAutoscaler")] = new AutoscalerKind(),
        [("networking.k8s.io", "NetworkPolicy")] = new NetworkPolicyKind(),
        [("networking.k8s.io", "Ingress")] = Counted,
        [("networking.k8s.io", "IngressClass")] = Counted,
        [("policy", "PodDisruptionBudget")] = new DisruptionBudgetKind(),
        [("rbac.authorization.k8s.io", "Role")] = new RoleKind(isCluster: false),
        [("rbac.authorization.k8s.io", "ClusterRole")] = new RoleKind(isCluster: true),
        [("coordination.k8s.io", "Lease")] = new LeaseKind(),
        [("", "Event")] = new EventKind(),
        [("events.k8s.io", "Event")] = new EventKind(),
        [("rbac.authorization.k8s.io", "RoleBinding")] = new RoleBindingKind(isCluster: false),
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = new RoleBindingKind(isCluster: true),
        [("scheduling.k8s.io", "PriorityClass")] = new PriorityClassKind(),
        [("storage.k8s.io", "StorageClass")] = new StorageClassKind(),
        [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = new WebhookConfigurationKind(),
        [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = new WebhookConfigurationKind(),
        [("admissionregistration.k8s.io", "ValidatingAdmissionPolicy")] = new AdmissionPolicyKind(isValidating: true),
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicy")] = new AdmissionPolicyKind(isValidating: false),
        [("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding")] = new AdmissionBindingKind(isValidating: true),
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding")] = new AdmissionBindingKind(isValidating: false),
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = new CustomDefinitionKind(),
        [("flowcontrol.apiserver.k8s.io", "FlowSchema")] = Counted,
        [("flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration")] = Counted,
    };

    /// <summary>The rules of a kind, whatever its version.</summary>
    public static BuiltInKind Find(string group, string kind) => Kinds.GetValueOrDefault((group, kind), Plain);

    private sealed class CountedKind : BuiltInKind
    {
        public override bool HasGeneration => true;
    }
}

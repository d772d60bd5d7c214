using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>The columns of each kind: the printers of Kubernetes 1.36 for built-in kinds, the definition's for custom resources.</summary>
internal static class KindColumns
{
    private static readonly IReadOnlyList<TableColumn> Plain = [CommonColumns.Name, CommonColumns.Age];

    private static readonly IReadOnlyList<TableColumn> CreatedAt = [CommonColumns.Name, CommonColumns.CreatedAt];

    private static readonly Dictionary<(string Group, string Plural), IReadOnlyList<TableColumn>> Kinds = new()
    {
        [("", "pods")] = PodColumns.Pods,
        [("", "replicationcontrollers")] = WorkloadColumns.ReplicationControllers,
        [("apps", "replicasets")] = WorkloadColumns.ReplicaSets,
        [("apps", "daemonsets")] = WorkloadColumns.DaemonSets,
        [("apps", "deployments")] = WorkloadColumns.Deployments,
        [("apps", "statefulsets")] = WorkloadColumns.StatefulSets,
        [("apps", "controllerrevisions")] = WorkloadColumns.ControllerRevisions,
        [("batch", "jobs")] = WorkloadColumns.Jobs,
        [("batch", "cronjobs")] = WorkloadColumns.CronJobs,
        [("autoscaling", "horizontalpodautoscalers")] = WorkloadColumns.Autoscalers,
        [("policy", "poddisruptionbudgets")] = WorkloadColumns.DisruptionBudgets,
        [("", "services")] = NetworkColumns.Services,
        [("", "endpoints")] = NetworkColumns.Endpoints,
        [("discovery.k8s.io", "endpointslices")] = NetworkColumns.EndpointSlices,
        [("networking.k8s.io", "ingresses")] = NetworkColumns.Ingresses,
        [("networking.k8s.io", "ingressclasses")] = NetworkColumns.IngressClasses,
        [("networking.k8s.io", "networkpolicies")] = NetworkColumns.NetworkPolicies,
        [("", "configmaps")] = CoreColumns.ConfigMaps,
        [("", "secrets")] = CoreColumns.Secrets,
        [("", "namespaces")] = CoreColumns.Namespaces,
        [("", "nodes")] = CoreColumns.Nodes,
        [("", "events")] = CoreColumns.Events,
        [("events.k8s.io", "events")] = CoreColumns.Events,
        [("", "persistentvolumes")] = CoreColumns.PersistentVolumes,
        [("", "persistentvolumeclaims")] = CoreColumns.PersistentVolumeClaims,
        [("storage.k8s.io", "storageclasses")] = CoreColumns.StorageClasses,
        [("scheduling.k8s.io", "priorityclasses")] = CoreColumns.PriorityClasses,
        [("coordination.k8s.io", "leases")] = CoreColumns.Leases,
        [("rbac.authorization.k8s.io", "roles")] = CreatedAt,
        [("rbac.authorization.k8s.io", "clusterroles")] = CreatedAt,
        [("rbac.authorization.k8s.io", "rolebindings")] = CoreColumns.RoleBindings,
        [("rbac.authorization.k8s.io", "clusterrolebindings")] = CoreColumns.RoleBindings,
        [("apiextensions.k8s.io", "customresourcedefinitions")] = [CommonColumns.Name, CommonColumns.DefinitionCreatedAt],
        [("admissionregistration.k8s.io", "validatingwebhookconfigurations")] = CoreColumns.Webhooks,
        [("admissionregistration.k8s.io", "mutatingwebhookconfigurations")] = CoreColumns.Webhooks,
        [("admissionregistration.k8s.io", "validatingadmissionpolicies")] = CoreColumns.AdmissionPolicies,
        [("admissionregistration.k8s.io", "validatingadmissionpolicybindings")] = CoreColumns.AdmissionBindings,
    };

    public static IReadOnlyList<TableColumn> For(ServedResource resource) => resource.Custom is { } custom
        ? custom.Columns
        : Kinds.GetValueOrDefault((resource.Group, resource.Plural), Plain);
}

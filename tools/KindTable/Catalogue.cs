namespace KindTable;

/// <summary>What discovery says and OpenAPI does not: the order of groups, preferred versions, short names and categories.</summary>
internal static class Catalogue
{
    /// <summary>Groups in the order of <c>/apis</c>, each with its served versions, the preferred one first.</summary>
    public static (string Group, string[] Versions)[] Groups { get; } =
    [
        ("", ["v1"]),
        ("apiregistration.k8s.io", ["v1"]),
        ("apps", ["v1"]),
        ("events.k8s.io", ["v1"]),
        ("authentication.k8s.io", ["v1"]),
        ("authorization.k8s.io", ["v1"]),
        ("autoscaling", ["v2", "v1"]),
        ("batch", ["v1"]),
        ("certificates.k8s.io", ["v1"]),
        ("networking.k8s.io", ["v1"]),
        ("policy", ["v1"]),
        ("rbac.authorization.k8s.io", ["v1"]),
        ("storage.k8s.io", ["v1"]),
        ("admissionregistration.k8s.io", ["v1"]),
        ("apiextensions.k8s.io", ["v1"]),
        ("scheduling.k8s.io", ["v1"]),
        ("coordination.k8s.io", ["v1"]),
        ("node.k8s.io", ["v1"]),
        ("discovery.k8s.io", ["v1"]),
        ("resource.k8s.io", ["v1"]),
        ("flowcontrol.apiserver.k8s.io", ["v1"]),
    ];

    public static Dictionary<(string Group, string Plural), (string[] ShortNames, string[] Categories)> Names { get; } = new()
    {
        [("", "componentstatuses")] = (["cs"], []),
        [("", "configmaps")] = (["cm"], []),
        [("", "endpoints")] = (["ep"], []),
        [("", "events")] = (["ev"], []),
        [("", "limitranges")] = (["limits"], []),
        [("", "namespaces")] = (["ns"], []),
        [("", "nodes")] = (["no"], []),
        [("", "persistentvolumeclaims")] = (["pvc"], []),
        [("", "persistentvolumes")] = (["pv"], []),
        [("", "pods")] = (["po"], ["all"]),
        [("", "replicationcontrollers")] = (["rc"], ["all"]),
        [("", "resourcequotas")] = (["quota"], []),
        [("", "serviceaccounts")] = (["sa"], []),
        [("", "services")] = (["svc"], ["all"]),
        [("admissionregistration.k8s.io", "mutatingadmissionpolicies")] = ([], ["api-extensions"]),
        [("admissionregistration.k8s.io", "mutatingadmissionpolicybindings")] = ([], ["api-extensions"]),
        [("admissionregistration.k8s.io", "mutatingwebhookconfigurations")] = ([], ["api-extensions"]),
        [("admissionregistration.k8s.io", "validatingadmissionpolicies")] = ([], ["api-extensions"]),
        [("admissionregistration.k8s.io", "validatingadmissionpolicybindings")] = ([], ["api-extensions"]),
        [("admissionregistration.k8s.io", "validatingwebhookconfigurations")] = ([], ["api-extensions"]),
        [("apiextensions.k8s.io", "customresourcedefinitions")] = (["crd", "crds"], ["api-extensions"]),
        [("apiregistration.k8s.io", "apiservices")] = ([], ["api-extensions"]),
        [("apps", "daemonsets")] = (["ds"], ["all"]),
        [("apps", "deployments")] = (["deploy"], ["all"]),
        [("apps", "replicasets")] = (["rs"], ["all"]),
        [("apps", "statefulsets")] = (["sts"], ["all"]),
        [("autoscaling", "horizontalpodautoscalers")] = (["hpa"], ["all"]),
        [("batch", "cronjobs")] = (["cj"], ["all"]),
        [("batch", "jobs")] = ([], ["all"]),
        [("certificates.k8s.io", "certificatesigningrequests")] = (["csr"], []),
        [("events.k8s.io", "events")] = (["ev"], []),
        [("networking.k8s.io", "ingresses")] = (["ing"], []),
        [("networking.k8s.io", "ipaddresses")] = (["ip"], []),
        [("networking.k8s.io", "networkpolicies")] = (["netpol"], []),
        [("policy", "poddisruptionbudgets")] = (["pdb"], []),
        [("scheduling.k8s.io", "priorityclasses")] = (["pc"], []),
        [("storage.k8s.io", "storageclasses")] = (["sc"], []),
        [("storage.k8s.io", "volumeattributesclasses")] = (["vac"], []),
    };

    public static bool IsServed(string group, string version) =>
        Array.Exists(Groups, g => g.Group == group && Array.IndexOf(g.Versions, version) >= 0);
}

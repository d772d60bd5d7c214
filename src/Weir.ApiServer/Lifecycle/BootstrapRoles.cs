using Weir.ApiServer.Authorization;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>The roles and bindings that every cluster has, as Kubernetes 1.36 makes them for users; those of its own components are left out.</summary>
internal static class BootstrapRoles
{
    private const string AggregateLabel = "rbac.authorization.k8s.io/aggregate-to-";

    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] Both = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public static IEnumerable<MapValue> ClusterRoles()
    {
        yield return Role("cluster-admin", [], Rule(["*"], ["*"], "*"), Paths(["*"], "*"));
        yield return Role("system:discovery", [], Paths(["get"], "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"));
        yield return Role("system:basic-user", [],
            Rule(["create"], ["authorization.k8s.io"], "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
            Rule(["create"], ["authentication.k8s.io"], "selfsubjectreviews"));
        yield return Role("system:public-info-viewer", [], Paths(["get"], "/healthz", "/livez", "/readyz", "/version", "/version/"));
        yield return Role("system:monitoring", [], Paths(["get"], "/metrics", "/metrics/slis", "/livez", "/readyz", "/healthz", "/livez/*", "/readyz/*", "/healthz/*"));
        yield return Role("system:heapster", [],
            Rule(Read, [""], "events", "namespaces", "nodes", "pods"), Rule(Read, ["extensions"], "deployments"));
        yield return Role("system:service-account-issuer-discovery", [], Paths(["get"], "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/"));
        yield return Role("system:auth-delegator", [],
            Rule(["create"], ["authentication.k8s.io"], "tokenreviews"), Rule(["create"], ["authorization.k8s.io"], "subjectaccessreviews"));
        yield return Aggregated("admin", [], "admin");
        yield return Aggregated("edit", ["admin"], "edit");
        yield return Aggregated("view", ["edit"], "view");
        yield return Role("system:aggregate-to-admin", ["admin"],
            Rule(["create"], ["authorization.k8s.io"], "localsubjectaccessreviews"),
            Rule(Both, [RbacAuthorizer.Group], "rolebindings", "roles"));
        yield return Role("system:aggregate-to-edit", ["edit"],
            Rule(Read, [""], "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"),
            Rule(["impersonate"], [""], "serviceaccounts"),
            Rule(Write, [""], "pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy"),
            Rule(["create"], [""], "pods/eviction"),
            Rule(Write, [""], "configmaps", "events", "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets", "serviceaccounts", "services", "services/proxy"),
            Rule(["create"], [""], "serviceaccounts/token"),
            Rule(Write, ["apps"], "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale"),
            Rule(Write, ["autoscaling"], "horizontalpodautoscalers"),
            Rule(Write, ["batch"], "cronjobs", "jobs"),
            Rule(Write, ["extensions"], "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "ingresses", "networkpolicies", "replicasets", "replicasets/scale", "replicationcontrollers/scale"),
            Rule(Write, ["policy"], "poddisruptionbudgets"),
            Rule(Write, ["networking.k8s.io"], "ingresses", "networkpolicies"),
            Rule([.. Write, .. Read], ["coordination.k8s.io"], "leases"));
        yield return Role("system:aggregate-to-view", ["view"],
            Rule(Read, [""], "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services", "services/status"),
            Rule(Read, [""], "bindings", "events", "limitranges", "namespaces/status", "pods/log", "pods/status", "replicationcontrollers/status", "resourcequotas", "resourcequotas/status"),
            Rule(Read, [""], "namespaces"),
            Rule(Read, ["discovery.k8s.io"], "endpointslices"),
            Rule(Read, ["apps"], "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status"),
            Rule(Read, ["autoscaling"], "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
            Rule(Read, ["batch"], "cronjobs", "cronjobs/status", "jobs", "jobs/status"),
            Rule(Read, ["extensions"], "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "ingresses", "ingresses/status", "networkpolicies", "replicasets", "replicasets/scale", "replicasets/status", "replicationcontrollers/scale"),
            Rule(Read, ["policy"], "poddisruptionbudgets", "poddisruptionbudgets/status"),
            Rule(Read, ["networking.k8s.io"], "ingresses", "ingresses/status", "networkpolicies"));
    }

    public static IEnumerable<MapValue> ClusterRoleBindings()
    {
        yield return Binding("cluster-admin", "system:masters");
        yield return Binding("system:discovery", "system:authenticated");
        yield return Binding("system:basic-user", "system:authenticated");
        yield return Binding("system:public-info-viewer", "system:authenticated", "system:unauthenticated");
        yield return Binding("system:monitoring", "system:monitoring");
        yield return Binding("system:service-account-issuer-discovery", "system:serviceaccounts");
    }

    private static MapValue Aggregated(string name, string[] targets, string source)
    {
        var role = Role(name, targets);
        role["rules"] = NullValue.Instance;
        role["aggregationRule"] = new MapValue
        {
            ["clusterRoleSelectors"] = new ListValue { new MapValue { ["matchLabels"] = new MapValue { [AggregateLabel + source] = "true" } } },
        };
        return role;
    }

    private static MapValue Role(string name, string[] targets, params MapValue[] rules)
    {
        var labels = Labels();
        foreach (var target in targets)
        {
            labels[AggregateLabel + target] = "true";
        }

        return Object("ClusterRole", name, labels, "rules", new ListValue(rules));
    }

    private static MapValue Binding(string name, params string[] groups)
    {
        var binding = Object("ClusterRoleBinding", name, Labels(), "subjects", new ListValue(groups.Select(g => (Value)new MapValue
        {
            ["kind"] = "Group",
            ["apiGroup"] = RbacAuthorizer.Group,
            ["name"] = g,
        })));
        binding["roleRef"] = new MapValue { ["apiGroup"] = RbacAuthorizer.Group, ["kind"] = "ClusterRole", ["name"] = name };
        return binding;
    }

    private static MapValue Object(string kind, string name, MapValue labels, string field, Value value) => new()
    {
        ["kind"] = kind,
        ["apiVersion"] = RbacAuthorizer.Group + "/v1",
        ["metadata"] = new MapValue
        {
            ["name"] = name,
            ["labels"] = labels,
            ["annotations"] = new MapValue { ["rbac.authorization.kubernetes.io/autoupdate"] = "true" },
        },
        [field] = value,
    };

    private static MapValue Labels() => new() { ["kubernetes.io/bootstrapping"] = "rbac-defaults" };

    private static MapValue Rule(string[] verbs, string[] groups, params string[] resources) => new()
    {
        ["verbs"] = Texts(verbs),
        ["apiGroups"] = Texts(groups),
        ["resources"] = Texts(resources),
    };

    private static MapValue Paths(string[] verbs, params string[] paths) => new() { ["verbs"] = Texts(verbs), ["nonResourceURLs"] = Texts(paths) };

    private static ListValue Texts(string[] texts) => new(texts.Select(t => (Value)t));
}

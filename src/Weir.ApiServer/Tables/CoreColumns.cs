using Weir.Values;
using static Weir.ApiServer.Tables.CommonColumns;

namespace Weir.ApiServer.Tables;

/// <summary>The columns of configuration, storage, nodes, events and access.</summary>
internal static class CoreColumns
{
    public static readonly IReadOnlyList<TableColumn> ConfigMaps =
    [
        CommonColumns.Name,
        new("Data", "string", "", 0, "Data contains the configuration data. Each key must consist of alphanumeric characters, '-', '_' or '.'. Values with non-UTF-8 byte sequences must use the "
            + "BinaryData field. The keys stored in Data must not overlap with the keys in the BinaryData field, this is enforced during validation process.",
            static (o, _) => (o.GetMap("data")?.Count ?? 0) + (o.GetMap("binaryData")?.Count ?? 0)),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> Secrets =
    [
        CommonColumns.Name,
        Text("Type", "Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types", static o => String(o, "type")),
        new("Data", "string", "", 0, "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 encoded "
            + "string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4", static (o, _) => o.GetMap("data")?.Count ?? 0),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> Namespaces =
    [
        CommonColumns.Name,
        Text("Status", "The status of the namespace", static o => String(o, "status", "phase")),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> Nodes =
    [
        CommonColumns.Name,
        Text("Status", "The status of the node", static o => NodeStatus(o)),
        Text("Roles", "The roles of the node", static o => NodeRoles(o)),
        Age,
        Text("Version", "Kubelet Version reported by the node.", static o => String(o, "status", "nodeInfo", "kubeletVersion")),
        Text("Internal-IP", AddressesText, static o => NodeAddress(o, "InternalIP"), 1),
        Text("External-IP", AddressesText, static o => NodeAddress(o, "ExternalIP"), 1),
        Text("OS-Image", "OS Image reported by the node from /etc/os-release (e.g. Debian GNU/Linux 7 (wheezy)).", static o => OrUnknown(String(o, "status", "nodeInfo", "osImage")), 1),
        Text("Kernel-Version", "Kernel Version reported by the node from 'uname -r' (e.g. 3.16.0-0.bpo.4-amd64).", static o => OrUnknown(String(o, "status", "nodeInfo", "kernelVersion")), 1),
        Text("Container-Runtime", "ContainerRuntime Version reported by the node through runtime remote API (e.g. containerd://1.4.2).",
            static o => OrUnknown(String(o, "status", "nodeInfo", "containerRuntimeVersion")), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> Events =
    [
        new("Last Seen", "string", "", 0, "The time at which the most recent occurrence of this event was recorded.", static (o, now) => Seen(o, now, "lastTimestamp", "deprecatedLastTimestamp")),
        Text("Type", "Type of this event (Normal, Warning), new types could be added in the future", static o => String(o, "type")),
        Text("Reason", "This should be a short, machine understandable string that gives the reason for the transition into the object's current status.", static o => String(o, "reason")),
        Text("Object", "The object that this event is about.", static o => Regarding(o)),
        Text("Subobject", "If referring to a piece of an object instead of an entire object, this string should contain a valid JSON/Go field access statement, such as "
            + "desiredState.manifest.containers[2]. For example, if the object reference is to a container within a pod, this would take on a value like: \"spec.containers{name}\" (where \"name\" "
            + "refers to the name of the container that triggered the event) or if no container name is specified \"spec.containers[2]\" (container with index 2 in this pod). This syntax is chosen "
            + "only to have some well-defined way of referencing a part of an object.", static o => String(About(o), "fieldPath"), 1),
        Text("Source", "The component reporting this event. Should be a short machine understandable string.", static o => Source(o), 1),
        Text("Message", "A human-readable description of the status of this operation.", static o => (o.GetString("message") ?? o.GetString("note") ?? "").Trim()),
        new("First Seen", "string", "", 1, "The time at which the event was first recorded. (Time of server receipt is in TypeMeta.)", static (o, now) => Seen(o, now, "firstTimestamp", "deprecatedFirstTimestamp")),
        new("Count", "string", "", 1, "The number of times this event has occurred.", static (o, _) => o.GetInt("count") ?? o.GetInt("deprecatedCount") ?? 1),
        CommonColumns.Name with { Priority = 1 },
    ];

    public static readonly IReadOnlyList<TableColumn> PersistentVolumes =
    [
        CommonColumns.Name,
        Text("Capacity", "capacity is the description of the persistent volume's resources and capacity. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#capacity",
            static o => String(o, "spec", "capacity", "storage")),
        Text("Access Modes", "accessModes contains all ways the volume can be mounted. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes",
            static o => AccessModes(o.At("spec", "accessModes") as ListValue)),
        Text("Reclaim Policy", "persistentVolumeReclaimPolicy defines what happens to a persistent volume when released from its claim. Valid options are Retain (default for manually created "
            + "PersistentVolumes), Delete (default for dynamically provisioned PersistentVolumes), and Recycle (deprecated). Recycle must be supported by the volume plugin underlying this "
            + "PersistentVolume. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#reclaiming", static o => String(o, "spec", "persistentVolumeReclaimPolicy")),
        Text("Status", "status represents the current information/status for the persistent volume. Populated by the system. Read-only. "
            + "More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#persistent-volumes", static o => String(o, "status", "phase")),
        Text("Claim", "claimRef is part of a bi-directional binding between PersistentVolume and PersistentVolumeClaim. Expected to be non-nil when bound. claim.VolumeName is the authoritative bind "
            + "between PV and PVC. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#binding",
            static o => o.At("spec", "claimRef") is MapValue claim ? $"{claim.GetString("namespace")}/{claim.GetString("name")}" : ""),
        Text("StorageClass", "StorageClass of the pv", static o => String(o, "spec", "storageClassName")),
        Text("VolumeAttributesClass", "Name of VolumeAttributesClass to which this persistent volume belongs. Empty value is not allowed. When this field is not set, it indicates that this volume "
            + "does not belong to any VolumeAttributesClass. This field is mutable and can be changed by the CSI driver after a volume has been updated successfully to a new class. For an unbound "
            + "PersistentVolume, the volumeAttributesClassName will be matched with unbound PersistentVolumeClaims during the binding process.", static o => OrUnset(String(o, "spec", "volumeAttributesClassName"))),
        Text("Reason", "reason is a brief CamelCase string that describes any failure and is meant for machine parsing and tidy display in the CLI.", static o => String(o, "status", "reason")),
        Age,
        Text("VolumeMode", "volumeMode defines if a volume is intended to be used with a formatted filesystem or to remain in raw block state. Value of Filesystem is implied when not included in spec.",
            static o => OrUnset(String(o, "spec", "volumeMode")), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> PersistentVolumeClaims =
    [
        CommonColumns.Name,
        Text("Status", "phase represents the current phase of PersistentVolumeClaim.", static o => o.At("metadata", "deletionTimestamp") is null ? String(o, "status", "phase") : "Terminating"),
        Text("Volume", "volumeName is the binding reference to the PersistentVolume backing this claim.", static o => String(o, "spec", "volumeName")),
        Text("Capacity", "capacity represents the actual resources of the underlying volume.", static o => String(o, "spec", "volumeName").Length > 0 ? String(o, "status", "capacity", "storage") : ""),
        Text("Access Modes", "accessModes contains the actual access modes the volume backing the PVC has. More info: https://kubernetes.io/docs/concepts/storage/persistent-volumes#access-modes-1",
            static o => String(o, "spec", "volumeName").Length > 0 ? AccessModes(o.At("status", "accessModes") as ListValue) : ""),
        Text("StorageClass", "StorageClass of the pvc", static o => String(o, "spec", "storageClassName")),
        Text("VolumeAttributesClass", "volumeAttributesClassName may be used to set the VolumeAttributesClass used by this claim.", static o => OrUnset(String(o, "spec", "volumeAttributesClassName"))),
        Age,
        Text("VolumeMode", "volumeMode defines what type of volume is required by the claim. Value of Filesystem is implied when not included in claim spec.", static o => OrUnset(String(o, "spec", "volumeMode")), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> StorageClasses =
    [
        CommonColumns.Name with
        {
            Cell = static (o, _) => (o.At("metadata", "annotations") as MapValue)?.GetString("storageclass.kubernetes.io/is-default-class") == "true"
                ? $"{String(o, "metadata", "name")} (default)" : String(o, "metadata", "name"),
        },
        Text("Provisioner", "provisioner indicates the type of the provisioner.", static o => String(o, "provisioner")),
        Text("ReclaimPolicy", "reclaimPolicy controls the reclaimPolicy for dynamically provisioned PersistentVolumes of this storage class. Defaults to Delete.", static o => String(o, "reclaimPolicy")),
        Text("VolumeBindingMode", "volumeBindingMode indicates how PersistentVolumeClaims should be provisioned and bound.  When unset, VolumeBindingImmediate is used. This field is only honored by "
            + "servers that enable the VolumeScheduling feature.", static o => String(o, "volumeBindingMode")),
        Text("AllowVolumeExpansion", "allowVolumeExpansion shows whether the storage class allow volume expand.", static o => o.GetBool("allowVolumeExpansion") == true ? "true" : "false"),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> PriorityClasses =
    [
        CommonColumns.Name,
        new("Value", "integer", "", 0, "value represents the integer value of this priority class. This is the actual priority that pods receive when they have the name of this class in their pod spec.",
            static (o, _) => o.GetInt("value") ?? 0),
        new("Global-Default", "boolean", "", 0, "globalDefault specifies whether this PriorityClass should be considered as the default priority for pods that do not have any priority class. Only one "
            + "PriorityClass can be marked as `globalDefault`. However, if more than one PriorityClasses exists with their `globalDefault` field set to true, the smallest value of such global default "
            + "PriorityClasses will be used as the default priority.", static (o, _) => o.GetBool("globalDefault") ?? false),
        Age,
        Text("PreemptionPolicy", "preemptionPolicy is the Policy for preempting pods with lower priority. One of Never, PreemptLowerPriority. Defaults to PreemptLowerPriority if unset.", static o => String(o, "preemptionPolicy"), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> Leases =
    [
        CommonColumns.Name,
        Text("Holder", "holderIdentity contains the identity of the holder of a current lease. If Coordinated Leader Election is used, the holder identity must be equal to the elected "
            + "LeaseCandidate.metadata.name field.", static o => String(o, "spec", "holderIdentity")),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> RoleBindings =
    [
        CommonColumns.Name,
        Text("Role", "RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error. This field is immutable.",
            static o => $"{String(o, "roleRef", "kind")}/{String(o, "roleRef", "name")}"),
        Age,
        Text("Users", "Users in the roleBinding", static o => Subjects(o, "User"), 1),
        Text("Groups", "Groups in the roleBinding", static o => Subjects(o, "Group"), 1),
        Text("ServiceAccounts", "ServiceAccounts in the roleBinding", static o => Subjects(o, "ServiceAccount"), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> Webhooks =
    [
        CommonColumns.Name,
        new("Webhooks", "integer", "", 0, "Webhooks indicates the number of webhooks in this configuration", static (o, _) => o.GetList("webhooks")?.Count ?? 0),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> AdmissionPolicies =
    [
        CommonColumns.Name,
        new("Validations", "integer", "", 0, "Validations indicates the number of validation rules defined in this configuration", static (o, _) => (o.At("spec", "validations") as ListValue)?.Count ?? 0),
        Text("ParamKind", "ParamKind specifies the kind of resources used to parameterize this policy", static o =>
            o.At("spec", "paramKind") is MapValue kind ? $"{kind.GetString("apiVersion")}/{kind.GetString("kind")}" : "<unset>"),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> AdmissionBindings =
    [
        CommonColumns.Name,
        Text("PolicyName", "PolicyName indicates the policy definition which the policy binding binded to", static o => String(o, "spec", "policyName")),
        Text("ParamRef", "ParamRef indicates the param resource which sets the configration param", static o =>
            o.At("spec", "paramRef") is MapValue reference ? reference.GetString("name") is { Length: > 0 } name ? $"{reference.GetString("namespace") ?? "*"}/{name}" : "*" : "<unset>"),
        Age,
    ];

    private const string AddressesText = "List of addresses reachable to the node. Queried from cloud provider, if available. More info: "
        + "https://kubernetes.io/docs/reference/node/node-status/#addresses Note: This field is declared as mergeable, but the merge key is not sufficiently unique, which can cause data corruption "
        + "when it is merged. Callers should instead use a full-replacement patch. See https://pr.k8s.io/79391 for an example. Consumers should assume that addresses can change during the lifetime of "
        + "a Node. However, there are some exceptions where this may not be possible, such as Pods that inherit a Node's address in its own status or consumers of the downward API (status.hostIP).";

    private static string OrUnknown(string text) => text.Length == 0 ? "<unknown>" : text;

    private static string OrUnset(string text) => text.Length == 0 ? "<unset>" : text;

    private static string NodeStatus(MapValue node)
    {
        var ready = (node.At("status", "conditions") as ListValue ?? []).OfType<MapValue>().FirstOrDefault(static c => c.GetString("type") == "Ready");
        var text = ready is null ? "Unknown" : ready.GetString("status") == "True" ? "Ready" : "NotReady";
        return node.At("spec", "unschedulable") is BoolValue { Value: true } ? text + ",SchedulingDisabled" : text;
    }

    private static string NodeRoles(MapValue node)
    {
        const string prefix = "node-role.kubernetes.io/";
        var roles = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.At("metadata", "labels") as MapValue ?? [])
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && key.Length > prefix.Length)
            {
                roles.Add(key[prefix.Length..]);
            }
            else if (key == "kubernetes.io/role" && value is StringValue { Value.Length: > 0 } role)
            {
                roles.Add(role.Value);
            }
        }

        return roles.Count == 0 ? "<none>" : string.Join(",", roles);
    }

    private static string NodeAddress(MapValue node, string type) => (node.At("status", "addresses") as ListValue ?? []).OfType<MapValue>()
        .FirstOrDefault(a => a.GetString("type") == type)?.GetString("address") ?? "<none>";

    private static MapValue About(MapValue value) => value.GetMap("involvedObject") ?? value.GetMap("regarding") ?? [];

    private static string Regarding(MapValue value)
    {
        var about = About(value);
        return about.GetString("name") is { Length: > 0 } name ? $"{about.GetString("kind")?.ToLowerInvariant()}/{name}" : about.GetString("kind")?.ToLowerInvariant() ?? "";
    }

    private static string Source(MapValue value)
    {
        var source = value.GetMap("source") ?? value.GetMap("deprecatedSource") ?? [];
        var component = source.GetString("component") is { Length: > 0 } own ? own : value.GetString("reportingComponent") ?? value.GetString("reportingController") ?? "";
        var host = source.GetString("host") is { Length: > 0 } named ? named : value.GetString("reportingInstance") ?? "";
        return host.Length > 0 ? $"{component}, {host}" : component;
    }

    private static string Seen(MapValue value, DateTimeOffset now, string core, string events)
    {
        var time = value.GetString(core) ?? value.GetString(events) ?? value.GetString("eventTime");
        return HumanDuration.Since(time, now);
    }

    private static string AccessModes(ListValue? modes) => string.Join(",", (modes ?? []).Select(static m => (m as StringValue)?.Value switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        var other => other ?? "",
    }).Distinct());

    private static string Subjects(MapValue binding, string kind) => string.Join(", ", (binding.GetList("subjects") ?? []).OfType<MapValue>()
        .Where(s => s.GetString("kind") == kind).Select(s => kind == "ServiceAccount" ? $"{s.GetString("namespace")}/{s.GetString("name")}" : s.GetString("name")));
}

using System.Globalization;
using Weir.Values;
using static Weir.ApiServer.Tables.CommonColumns;

namespace Weir.ApiServer.Tables;

/// <summary>The columns of workloads and what scales and protects them.</summary>
internal static class WorkloadColumns
{
    private const string PodSelector = "Label selector for pods. Existing ReplicaSets whose pods are selected by this will be the ones affected by this deployment. It must match the pod template's labels.";

    private const string SetSelector = "Selector is a label query over pods that should match the replica count. Label keys and values that must match in order to be controlled by this replica set. "
        + "It must match the pod template's labels. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors";

    private const string JobSelector = "A label query over pods that should match the pod count. Normally, the system sets this field for you. "
        + "More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors";

    public static readonly IReadOnlyList<TableColumn> Deployments =
    [
        CommonColumns.Name,
        Text("Ready", "Number of the pod with ready state", static o => $"{Count(Integer(o, "status", "readyReplicas"))}/{Count(Integer(o, "spec", "replicas"))}"),
        new("Up-to-date", "string", "", 0, "Total number of non-terminating pods targeted by this deployment that have the desired template spec.", static (o, _) => Integer(o, "status", "updatedReplicas")),
        new("Available", "string", "", 0, "Total number of available non-terminating pods (ready for at least minReadySeconds) targeted by this deployment.", static (o, _) => Integer(o, "status", "availableReplicas")),
        Age,
        .. Template(PodSelector, true, "spec", "template", "spec"),
    ];

    public static readonly IReadOnlyList<TableColumn> ReplicaSets =
    [
        CommonColumns.Name,
        Number("Desired", "Replicas is the number of desired pods. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. "
            + "More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset", "spec", "replicas"),
        Number("Current", "Replicas is the most recently observed number of non-terminating pods. More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicaset", "status", "replicas"),
        Number("Ready", "The number of non-terminating pods targeted by this ReplicaSet with a Ready Condition.", "status", "readyReplicas"),
        Age,
        .. Template(SetSelector, true, "spec", "template", "spec"),
    ];

    public static readonly IReadOnlyList<TableColumn> ReplicationControllers =
    [
        CommonColumns.Name,
        Number("Desired", "Replicas is the number of desired replicas. This is a pointer to distinguish between explicit zero and unspecified. Defaults to 1. "
            + "More info: https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-is-a-replicationcontroller", "spec", "replicas"),
        Number("Current", "Replicas is the most recently observed number of replicas. More info: "
            + "https://kubernetes.io/docs/concepts/workloads/controllers/replicationcontroller#what-is-a-replicationcontroller", "status", "replicas"),
        Number("Ready", "The number of ready replicas for this replication controller.", "status", "readyReplicas"),
        Age,
        .. Template("", false, "spec", "template", "spec"),
        Text("Selector", "Selector is a label query over pods that should match the Replicas count. If Selector is empty, it is defaulted to the labels present on the Pod template. "
            + "Label keys and values that must match in order to be controlled by this replication controller, if empty defaulted to labels on Pod template. "
            + "More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors", static o => Selector(o.At("spec", "selector") as MapValue, isPlain: true), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> StatefulSets =
    [
        CommonColumns.Name,
        Text("Ready", "Number of the pod with ready state", static o => $"{Count(Integer(o, "status", "readyReplicas"))}/{Count(Integer(o, "spec", "replicas"))}"),
        Age,
        .. Template("", false, "spec", "template", "spec"),
    ];

    public static readonly IReadOnlyList<TableColumn> DaemonSets =
    [
        CommonColumns.Name,
        Number("Desired", "The total number of nodes that should be running the daemon pod (including nodes correctly running the daemon pod). "
            + "More info: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/", "status", "desiredNumberScheduled"),
        Number("Current", "The number of nodes that are running at least 1 daemon pod and are supposed to run the daemon pod. "
            + "More info: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/", "status", "currentNumberScheduled"),
        Number("Ready", "numberReady is the number of nodes that should be running the daemon pod and have one or more of the daemon pod running with a Ready Condition.", "status", "numberReady"),
        Number("Up-to-date", "The total number of nodes that are running updated daemon pod", "status", "updatedNumberScheduled"),
        Number("Available", "The number of nodes that should be running the daemon pod and have one or more of the daemon pod running and available (ready for at least spec.minReadySeconds)",
            "status", "numberAvailable"),
        Text("Node Selector", "NodeSelector is a selector which must be true for the pod to fit on a node. Selector which must match a node's labels for the pod to be scheduled on that node. "
            + "More info: https://kubernetes.io/docs/concepts/configuration/assign-pod-node/", static o => Selector(o.At("spec", "template", "spec", "nodeSelector") as MapValue ?? [], isPlain: true)),
        Age,
        .. Template("A label query over pods that are managed by the daemon set. Must match in order to be controlled. It must match the pod template's labels. "
            + "More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors", true, "spec", "template", "spec"),
    ];

    public static readonly IReadOnlyList<TableColumn> ControllerRevisions =
    [
        CommonColumns.Name,
        Text("Controller", "Controller of the object", static o => Controller(o)),
        new("Revision", "integer", "", 0, "Revision indicates the revision of the state represented by Data.", static (o, _) => Integer(o, "revision")),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> Jobs =
    [
        CommonColumns.Name,
        Text("Status", "Status of the job.", static o => JobStatus(o)),
        Text("Completions", "Number of completed pods of the desired number.", static o => Completions(o)),
        new("Duration", "string", "", 0, "Time required to complete the job.", static (o, now) => Duration(o, now)),
        Age,
        .. Template(JobSelector, true, "spec", "template", "spec"),
    ];

    public static readonly IReadOnlyList<TableColumn> CronJobs =
    [
        CommonColumns.Name,
        Text("Schedule", "The schedule in Cron format, see https://en.wikipedia.org/wiki/Cron.", static o => String(o, "spec", "schedule")),
        Text("Timezone", "The time zone name for the given schedule, see https://en.wikipedia.org/wiki/List_of_tz_database_time_zones. If not specified, this will default to the time zone of the "
            + "kube-controller-manager process. The set of valid time zone names and the time zone offset is loaded from the system-wide time zone database by the API server during CronJob "
            + "validation and the controller manager during execution. If no system-wide time zone database can be found a bundled version of the database is used instead. If the time zone name "
            + "becomes invalid during the lifetime of a CronJob or due to a change in host configuration, the controller will stop creating new new Jobs and will create a system event with the "
            + "reason UnknownTimeZone. More information can be found in https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones", static o => OrNone(String(o, "spec", "timeZone"))),
        Text("Suspend", "This flag tells the controller to suspend subsequent executions, it does not apply to already started executions.  Defaults to false.",
            static o => o.At("spec", "suspend") is BoolValue { Value: true } ? "True" : "False", type: "boolean"),
        new("Active", "integer", "", 0, "A list of pointers to currently running jobs.", static (o, _) => (o.At("status", "active") as ListValue)?.Count ?? 0),
        new("Last Schedule", "string", "", 0, "Information when was the last time the job was successfully scheduled.",
            static (o, now) => String(o, "status", "lastScheduleTime") is { Length: > 0 } last ? HumanDuration.Since(last, now) : "<none>"),
        Age,
        .. Template("", false, "spec", "jobTemplate", "spec", "template", "spec"),
        Text("Selector", JobSelector, static o => Selector(o.At("spec", "jobTemplate", "spec", "selector") as MapValue), 1),
    ];

    public static readonly IReadOnlyList<TableColumn> Autoscalers =
    [
        CommonColumns.Name,
        Text("Reference", "scaleTargetRef points to the target resource to scale, and is used to the pods for which metrics should be collected, as well as to actually change the replica count.",
            static o => $"{String(o, "spec", "scaleTargetRef", "kind")}/{String(o, "spec", "scaleTargetRef", "name")}"),
        Text("Targets", "metrics contains the specifications for which to use to calculate the desired replica count (the maximum replica count across all metrics will be used).  The desired "
            + "replica count is calculated multiplying the ratio between the target value and the current value by the current number of pods.  Ergo, metrics used must decrease as the pod count is "
            + "increased, and vice-versa.  See the individual metric source types for more information about how each type of metric must respond. If not set, the default metric will be set to 80% "
            + "average CPU utilization.", static o => Targets(o)),
        Text("MinPods", "minReplicas is the lower limit for the number of replicas to which the autoscaler can scale down.  It defaults to 1 pod.  minReplicas is allowed to be 0 if the alpha "
            + "feature gate HPAScaleToZero is enabled and at least one Object or External metric is configured.  Scaling is active as long as at least one metric value is available.",
            static o => o.At("spec", "minReplicas") is IntValue min ? Count(min.Value) : "<unset>"),
        new("MaxPods", "string", "", 0, "maxReplicas is the upper limit for the number of replicas to which the autoscaler can scale up. It cannot be less that minReplicas.", static (o, _) => Integer(o, "spec", "maxReplicas")),
        new("Replicas", "string", "", 0, "currentReplicas is current number of replicas of pods managed by this autoscaler, as last seen by the autoscaler.", static (o, _) => Integer(o, "status", "currentReplicas")),
        Age,
    ];

    public static readonly IReadOnlyList<TableColumn> DisruptionBudgets =
    [
        CommonColumns.Name,
        Text("Min Available", "The minimum number of pods that must be available.", static o => o.At("spec", "minAvailable")?.ToString() ?? "N/A"),
        Text("Max Unavailable", "The maximum number of pods that may be unavailable.", static o => o.At("spec", "maxUnavailable")?.ToString() ?? "N/A"),
        Number("Allowed Disruptions", "Calculated number of pods that may be disrupted at this time.", "status", "disruptionsAllowed"),
        Age,
    ];

    private static string Controller(MapValue value)
    {
        foreach (var owner in (value.At("metadata", "ownerReferences") as ListValue ?? []).OfType<MapValue>())
        {
            if (owner.GetBool("controller") == true)
            {
                var group = (owner.GetString("apiVersion") ?? "").Split('/') is [var name, _] ? $".{name}" : "";
                return $"{owner.GetString("kind")?.ToLowerInvariant()}{group}/{owner.GetString("name")}";
            }
        }

        return "<none>";
    }

    private static string JobStatus(MapValue job)
    {
        var conditions = (job.At("status", "conditions") as ListValue ?? []).OfType<MapValue>().Where(static c => c.GetString("status") == "True").Select(static c => c.GetString("type")).ToHashSet();
        return conditions.Contains("Complete") ? "Complete"
            : conditions.Contains("Failed") ? "Failed"
            : job.At("metadata", "deletionTimestamp") is not null ? "Terminating"
            : conditions.Contains("Suspended") ? "Suspended"
            : conditions.Contains("FailureTarget") ? "FailureTarget"
            : conditions.Contains("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(MapValue job)
    {
        var done = Count(Integer(job, "status", "succeeded"));
        if (job.At("spec", "completions") is IntValue wanted)
        {
            return $"{done}/{Count(wanted.Value)}";
        }

        var parallelism = Integer(job, "spec", "parallelism");
        return parallelism > 1 ? $"{done}/1 of {Count(parallelism)}" : $"{done}/1";
    }

    private static string Duration(MapValue job, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(String(job, "status", "startTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
        {
            return "";
        }

        return DateTimeOffset.TryParse(String(job, "status", "completionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? HumanDuration.Format(end - start)
            : HumanDuration.Format(now - start);
    }

    private static string Targets(MapValue autoscaler)
    {
        var metrics = (autoscaler.At("spec", "metrics") as ListValue ?? []).OfType<MapValue>().ToList();
        if (metrics.Count == 0)
        {
            return autoscaler.At("spec", "targetCPUUtilizationPercentage") is IntValue first ? $"cpu: <unknown>/{Count(first.Value)}%" : "<none>";
        }

        var texts = metrics.Take(2).Select(static m =>
        {
            var target = m.At("resource", "target") as MapValue;
            var name = String(m, "resource", "name");
            var wanted = target?.GetInt("averageUtilization") is { } percent ? $"{Count(percent)}%" : target?.GetString("averageValue") ?? "<auto>";
            return name.Length > 0 ? $"{name}: <unknown>/{wanted}" : $"<unknown>/{wanted}";
        });
        return string.Join(", ", texts) + (metrics.Count > 2 ? $" + {Count(metrics.Count - 2)} more..." : "");
    }
}

using System.Globalization;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>One ReplicaSet of a Deployment as a rollout sees it.</summary>
internal sealed class DeploymentReplicas(StoredObject stored)
{
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    public const string DesiredAnnotation = "deployment.kubernetes.io/desired-replicas";
    public const string MaxAnnotation = "deployment.kubernetes.io/max-replicas";

    public StoredObject Stored { get; } = stored;

    public MapValue Value { get; } = stored.Decode();

    public string Name => Stored.Name;

    public MapValue Template => Value.At("spec", "template") as MapValue ?? [];

    public long Wanted => Value.GetMap("spec")?.GetInt("replicas") ?? 1;

    /// <summary>Pods that are there, whatever is wanted by now.</summary>
    public long Actual => Value.GetMap("status")?.GetInt("replicas") ?? 0;

    public long Ready => Value.GetMap("status")?.GetInt("readyReplicas") ?? 0;

    public long Available => Value.GetMap("status")?.GetInt("availableReplicas") ?? 0;

    /// <summary>Available pods that will remain; those beyond what is wanted are about to go.</summary>
    public long Remaining => Math.Min(Available, Wanted);

    public long Revision => long.TryParse(Value.Annotation(RevisionAnnotation), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    public string Created => Value.GetMap("metadata")!.GetString("creationTimestamp") ?? "";
}

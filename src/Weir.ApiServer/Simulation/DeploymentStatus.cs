using Weir.ApiServer.Writing;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Counts a Deployment's replicas and says in its conditions how far it is.</summary>
internal static class DeploymentStatus
{
    /// <summary>Changes the rollout's status; answers how long its deadline for progress is away, when that matters.</summary>
    public static TimeSpan? Update(DeploymentRollout rollout, DateTimeOffset time)
    {
        var (status, now) = (rollout.Status, ObjectMetadata.Timestamp(time));
        var before = rollout.Value.GetMap("status") ?? [];
        Count(rollout);
        var available = status.GetInt("availableReplicas") ?? 0;
        if (available >= rollout.Replicas - rollout.MaxUnavailable)
        {
            Conditions.Set(status, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now, hasUpdateTime: true);
        }
        else
        {
            Conditions.Set(status, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now, hasUpdateTime: true);
        }

        var deadline = rollout.IsPaused ? null : Progress(rollout, before, time, now);
        if (rollout.All.Select(static s => Conditions.Find(s.Value.GetMap("status"), "ReplicaFailure")).FirstOrDefault(static c => c is not null) is { } failure)
        {
            Conditions.Set(status, "ReplicaFailure", "True", failure.GetString("reason") ?? "", failure.GetString("message") ?? "", now, hasUpdateTime: true);
        }
        else
        {
            Conditions.Remove(status, "ReplicaFailure");
        }

        return deadline;
    }

    private static void Count(DeploymentRollout rollout)
    {
        long wanted = 0, actual = 0, ready = 0, available = 0;
        foreach (var set in rollout.All)
        {
            wanted += set.Wanted;
            actual += set.Actual;
            ready += set.Ready;
            available += set.Available;
        }

        var status = rollout.Status;
        status["observedGeneration"] = rollout.Value.GetMap("metadata")!.GetInt("generation") ?? 1;
        Conditions.SetCount(status, "replicas", actual);
        Conditions.SetCount(status, "updatedReplicas", rollout.Current?.Actual ?? 0);
        Conditions.SetCount(status, "readyReplicas", ready);
        Conditions.SetCount(status, "availableReplicas", available);
        Conditions.SetCount(status, "unavailableReplicas", Math.Max(0, wanted - available));
    }

    private static TimeSpan? Progress(DeploymentRollout rollout, MapValue before, DateTimeOffset time, string now)
    {
        var status = rollout.Status;
        if (!rollout.HasDeadline)
        {
            Conditions.Remove(status, "Progressing");
            return null;
        }

        var present = Conditions.Find(status, "Progressing");
        var isDone = Number(status, "replicas") == Number(status, "updatedReplicas") && present?.GetString("reason") == "NewReplicaSetAvailable";
        if (isDone)
        {
            return null;
        }

        var subject = rollout.Current is { } set ? $"ReplicaSet \"{set.Name}\"" : $"Deployment \"{rollout.Stored.Name}\"";
        if (Number(status, "updatedReplicas") == rollout.Replicas && Number(status, "replicas") == rollout.Replicas && Number(status, "availableReplicas") == rollout.Replicas
            && rollout.Current?.Wanted == rollout.Replicas)
        {
            Conditions.Set(status, "Progressing", "True", "NewReplicaSetAvailable", $"{subject} has successfully progressed.", now, hasUpdateTime: true);
            return null;
        }

        if (HasProgressed(status, before))
        {
            var transition = present?.GetString("status") == "True" ? present.GetString("lastTransitionTime") : null;
            Conditions.Remove(status, "Progressing");
            Conditions.Set(status, "Progressing", "True", "ReplicaSetUpdated", $"{subject} is progressing.", now, hasUpdateTime: true);
            present = Conditions.Find(status, "Progressing")!;
            present["lastTransitionTime"] = transition ?? now;
        }

        if (present is null || present.GetString("reason") == "ProgressDeadlineExceeded")
        {
            return null;
        }

        var due = PodFacts.Time(present.GetString("lastUpdateTime")).AddSeconds(rollout.DeadlineSeconds);
        if (due >= time)
        {
            // The real controller looks a second later too, because times have no fractions.
            return due - time + TimeSpan.FromSeconds(1);
        }

        Conditions.Set(status, "Progressing", "False", "ProgressDeadlineExceeded", $"{subject} has timed out progressing.", now, hasUpdateTime: true);
        return null;
    }

    private static bool HasProgressed(MapValue status, MapValue before) =>
        Number(status, "updatedReplicas") > Number(before, "updatedReplicas")
        || Number(status, "replicas") - Number(status, "updatedReplicas") < Number(before, "replicas") - Number(before, "updatedReplicas")
        || Number(status, "readyReplicas") > Number(before, "readyReplicas")
        || Number(status, "availableReplicas") > Number(before, "availableReplicas");

    private static long Number(MapValue status, string key) => status.GetInt(key) ?? 0;
}

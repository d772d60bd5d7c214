using System.Globalization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Rolls Deployments out over ReplicaSets, one step each time something has changed, as kube-controller-manager does.</summary>
internal sealed class DeploymentController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("apps", "v1", "deployments"), "deployment-controller")
{
    private const string HashLabel = "pod-template-hash";

    private readonly ServedResource _sets = cluster.Resource("apps", "v1", "replicasets");

    protected override ResourceTable? OwnedTable => _sets.Table;

    protected override async Task ReconcileAsync(StoredObject item)
    {
        var rollout = new DeploymentRollout(item, Dependents(item, _sets.Table), HashLabel);
        if (!item.IsTerminating)
        {
            PauseOrResume(rollout);
            if (rollout.IsPaused || rollout.IsScaling)
            {
                await ScaleAsync(rollout, rollout.Proportional()).ConfigureAwait(false);
            }
            else
            {
                await AdvanceAsync(rollout).ConfigureAwait(false);
            }
        }

        await ReportAsync(item, rollout).ConfigureAwait(false);
    }

    /// <summary>The next step of a rollout: the new ReplicaSet, then at most one change of sizes.</summary>
    private async Task AdvanceAsync(DeploymentRollout rollout)
    {
        if (rollout.IsRecreate && rollout.Current is null && rollout.Older.Exists(static s => s.Wanted > 0 || s.Actual > 0))
        {
            await ScaleAsync(rollout, rollout.Older.ConvertAll(static s => (s, 0L))).ConfigureAwait(false);
            return;
        }

        if (!await EnsureCurrentAsync(rollout).ConfigureAwait(false))
        {
            return;
        }

        await ScaleAsync(rollout, rollout.NextSizes()).ConfigureAwait(false);
        if (rollout.IsComplete)
        {
            foreach (var set in rollout.BeyondHistory())
            {
                await Cluster.DeleteAsync(_sets, set.Stored, Account).ConfigureAwait(false);
                rollout.Older.Remove(set);
            }
        }
    }

    /// <summary>False when its name is taken and the next look will choose another.</summary>
    private async Task<bool> EnsureCurrentAsync(DeploymentRollout rollout)
    {
        var now = Cluster.Timestamp;
        var revision = (rollout.Older.Count == 0 ? 0 : rollout.Older.Max(static s => s.Revision)) + 1;
        if (rollout.Current is { } current)
        {
            var number = Math.Max(revision, current.Revision);
            var changed = rollout.CopyAnnotations(current.Value, number);
            var minReady = rollout.MinReadySeconds;
            if ((current.Value.GetMap("spec")!.GetInt("minReadySeconds") ?? 0) != minReady)
            {
                Conditions.SetCount(current.Value.GetMap("spec")!, "minReadySeconds", minReady);
                changed = true;
            }

            if (changed)
            {
                rollout.Replace(current, await WriteSetAsync(current.Value).ConfigureAwait(false));
            }

            rollout.SetRevision(number);
            if (rollout.HasDeadline && Conditions.Find(rollout.Status, "Progressing") is null)
            {
                Conditions.Set(rollout.Status, "Progressing", "True", "FoundNewReplicaSet", $"Found new replica set \"{current.Name}\"", now, hasUpdateTime: true);
            }

            return true;
        }

        var set = rollout.NewSet(PodTemplates.OwnerReference(Resource, rollout.Value), revision);
        try
        {
            rollout.Add(await Cluster.CreateAsync(_sets, rollout.Stored.Namespace, set, Account).ConfigureAwait(false));
        }
        catch (ApiException exception) when (exception.Status.Reason == "AlreadyExists")
        {
            rollout.Status["collisionCount"] = (rollout.Status.GetInt("collisionCount") ?? 0) + 1;
            return false;
        }
        catch (ApiException exception) when (exception.Status.Code is 403 or 422 or 400)
        {
            Conditions.Set(rollout.Status, "Progressing", "False", "ReplicaSetCreateError",
                $"Failed to create new replica set \"{set.Name()}\": {exception.Status.Message}", now, hasUpdateTime: true);
            return false;
        }

        rollout.SetRevision(revision);
        if (rollout.HasDeadline)
        {
            Conditions.Set(rollout.Status, "Progressing", "True", "NewReplicaSetCreated", $"Created new replica set \"{set.Name()}\"", now, hasUpdateTime: true);
        }

        return true;
    }

    private async Task ScaleAsync(DeploymentRollout rollout, List<(DeploymentReplicas Set, long Size)> sizes)
    {
        foreach (var (set, size) in sizes)
        {
            var annotated = rollout.AnnotateSize(set.Value, size);
            if (set.Wanted != size || annotated)
            {
                set.Value.GetOrAddMap("spec")["replicas"] = size;
                rollout.Replace(set, await WriteSetAsync(set.Value).ConfigureAwait(false));
            }
        }
    }

    private async Task<StoredObject> WriteSetAsync(MapValue value)
    {
        var name = value.Name();
        var ns = value.Namespace();
        await Cluster.UpdateAsync(_sets, value, Account).ConfigureAwait(false);
        return _sets.Table.Objects.Find(ns, name) ?? throw ApiStatus.NotFound(_sets.Group, _sets.Plural, name).ToException();
    }

    private void PauseOrResume(DeploymentRollout rollout)
    {
        if (!rollout.HasDeadline || Conditions.Find(rollout.Status, "Progressing") is { } c && c.GetString("reason") == "ProgressDeadlineExceeded")
        {
            return;
        }

        var wasPaused = Conditions.Find(rollout.Status, "Progressing")?.GetString("reason") == "DeploymentPaused";
        if (rollout.IsPaused && !wasPaused)
        {
            Conditions.Set(rollout.Status, "Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", Cluster.Timestamp, hasUpdateTime: true);
        }
        else if (!rollout.IsPaused && wasPaused)
        {
            Conditions.Set(rollout.Status, "Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", Cluster.Timestamp, hasUpdateTime: true);
        }
    }

    private async Task ReportAsync(StoredObject item, DeploymentRollout rollout)
    {
        var deadline = DeploymentStatus.Update(rollout, Cluster.Now);
        if (deadline is { } wait)
        {
            EnqueueAfter(item, wait);
        }

        if (rollout.IsRevisionChanged)
        {
            rollout.Value.GetMap("metadata")!.GetOrAddMap("annotations")[DeploymentReplicas.RevisionAnnotation] =
                rollout.Revision.ToString(CultureInfo.InvariantCulture);
            rollout.Value["status"] = rollout.Status;
            await Cluster.UpdateAsync(Resource, rollout.Value, Account, "status").ConfigureAwait(false);
            return;
        }

        await WriteStatusAsync(rollout.Value, rollout.Status).ConfigureAwait(false);
    }
}

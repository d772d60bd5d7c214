using System.Globalization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Runs the pods of Jobs until enough have succeeded or too many failed, and removes finished Jobs when their time is over.</summary>
internal sealed class JobController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("batch", "v1", "jobs"), "job-controller")
{
    private const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";

    private readonly ServedResource _pods = cluster.Resource("", "v1", "pods");

    protected override ResourceTable? OwnedTable => _pods.Table;

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (item.IsTerminating)
        {
            return;
        }

        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        var status = value.GetMap("status")?.DeepClone() ?? [];
        if (Conditions.IsTrue(status, "Complete") || Conditions.IsTrue(status, "Failed"))
        {
            await ExpireAsync(item, spec, status).ConfigureAwait(false);
            return;
        }

        var pods = PodFacts.ControlledBy(item.Uid, Dependents(item, _pods.Table));
        if (spec.GetBool("suspend") == true)
        {
            await SuspendAsync(value, status, pods).ConfigureAwait(false);
            return;
        }

        Resume(item, spec, status);
        await AdvanceAsync(item, value, spec, status, pods).ConfigureAwait(false);
        Count(item, status);
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private void Resume(StoredObject item, MapValue spec, MapValue status)
    {
        if (status.GetString("startTime") is null)
        {
            status["startTime"] = Cluster.Timestamp;
        }

        if (Conditions.IsTrue(status, "Suspended"))
        {
            Conditions.Set(status, "Suspended", "False", "JobResumed", "Job resumed", Cluster.Timestamp);
            status["startTime"] = Cluster.Timestamp;
        }

        if (spec.GetInt("activeDeadlineSeconds") is { } deadline)
        {
            EnqueueAfter(item, PodFacts.Time(status.GetString("startTime")).AddSeconds(deadline) - Cluster.Now + TimeSpan.FromMilliseconds(1));
        }
    }

    private async Task SuspendAsync(MapValue value, MapValue status, List<PodFacts> pods)
    {
        foreach (var pod in pods)
        {
            if (pod.IsActive)
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
            }
        }

        Conditions.Set(status, "Suspended", "True", "JobSuspended", "Job suspended", Cluster.Timestamp);
        status.Remove("startTime");
        status.Remove("active");
        status["ready"] = 0;
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private async Task AdvanceAsync(StoredObject item, MapValue value, MapValue spec, MapValue status, List<PodFacts> pods)
    {
        var succeeded = pods.FindAll(static p => p.Phase == "Succeeded");
        var failed = pods.LongCount(static p => p.Phase == "Failed");
        var active = pods.FindAll(static p => p.IsActive);
        var restarts = active.Sum(static p => Restarts(p.Stored));
        var isIndexed = spec.GetString("completionMode") == "Indexed";
        var parallelism = spec.GetInt("parallelism") ?? 1;
        var completions = spec.GetInt("completions") ?? (spec.ContainsKey("parallelism") ? (long?)null : 1);
        var done = isIndexed ? succeeded.Select(static p => Index(p.Stored)).Distinct().LongCount() : succeeded.Count;
        var deadline = spec.GetInt("activeDeadlineSeconds");
        if (failed + restarts > (spec.GetInt("backoffLimit") ?? 6))
        {
            await FailAsync(status, active, "BackoffLimitExceeded", "Job has reached the specified backoff limit").ConfigureAwait(false);
        }
        else if (deadline is { } seconds && PodFacts.Time(status.GetString("startTime")).AddSeconds(seconds) <= Cluster.Now && done < (completions ?? 1))
        {
            await FailAsync(status, active, "DeadlineExceeded", "Job was active longer than specified deadline").ConfigureAwait(false);
        }
        else if (completions is { } all ? done >= all : succeeded.Count > 0 && active.Count == 0)
        {
            foreach (var pod in active)
            {
                await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
            }

            var now = Cluster.Timestamp;
            status["completionTime"] = now;
            Conditions.Set(status, "SuccessCriteriaMet", "True", "CompletionsReached", "Reached expected number of succeeded pods", now);
            Conditions.Set(status, "Complete", "True", "CompletionsReached", "Reached expected number of succeeded pods", now);
        }
        else
        {
            var wanted = completions is { } total ? Math.Min(parallelism, total - done) : succeeded.Count > 0 ? active.Count : parallelism;
            await ManageAsync(item, value, spec, pods, active, wanted, isIndexed, completions ?? 0).ConfigureAwait(false);
        }

        Conditions.SetCount(status, "succeeded", done);
        Conditions.SetCount(status, "failed", failed);
        if (isIndexed && done > 0)
        {
            status["completedIndexes"] = Ranges(succeeded.Select(static p => Index(p.Stored)).Distinct().Order());
        }
    }

    private async Task FailAsync(MapValue status, List<PodFacts> active, string reason, string message)
    {
        foreach (var pod in active)
        {
            await Cluster.DeleteAsync(_pods, pod.Stored, Account).ConfigureAwait(false);
        }

        Conditions.Set(status, "FailureTarget", "True", reason, message, Cluster.Timestamp);
        Conditions.Set(status, "Failed", "True", reason, message, Cluster.Timestamp);
    }

    private async Task ManageAsync(
        StoredObject item, MapValue value, MapValue spec, List<PodFacts> pods, List<PodFacts> active, long wanted, bool isIndexed, long completions)
    {
        for (var i = active.Count - 1; i >= wanted && i >= 0; i--)
        {
            await Cluster.DeleteAsync(_pods, active[i].Stored, Account).ConfigureAwait(false);
        }

        var template = spec.GetMap("template") ?? [];
        if (active.Count >= wanted || SimulatedBehaviour.Of(template, value).Failure == SimulatedBehaviour.Quota)
        {
            return;
        }

        var taken = isIndexed ? pods.Where(static p => p.IsActive || p.Phase == "Succeeded").Select(static p => Index(p.Stored)).ToHashSet() : [];
        long index = 0;
        for (var missing = wanted - active.Count; missing > 0; missing--)
        {
            while (isIndexed && taken.Contains(index))
            {
                index++;
            }

            if (isIndexed && index >= completions)
            {
                return;
            }

            var pod = Pod(item, value, template, isIndexed ? index : null);
            try
            {
                await Cluster.CreateAsync(_pods, item.Namespace, pod, Account).ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.Status.Code is 403 or 422 or 400)
            {
                return;
            }

            index++;
        }
    }

    private MapValue Pod(StoredObject item, MapValue value, MapValue template, long? index)
    {
        var pod = PodTemplates.Pod(Resource, value, template);
        var metadata = pod.GetMap("metadata")!;
        var labels = metadata.GetOrAddMap("labels");
        labels["batch.kubernetes.io/controller-uid"] = item.Uid;
        labels["batch.kubernetes.io/job-name"] = item.Name;
        labels["controller-uid"] = item.Uid;
        labels["job-name"] = item.Name;
        if (index is { } number)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            labels[IndexAnnotation] = text;
            metadata.GetOrAddMap("annotations")[IndexAnnotation] = text;
            metadata["generateName"] = $"{item.Name}-{text}-";
            pod.GetMap("spec")!["hostname"] = $"{item.Name}-{text}";
        }
        else
        {
            metadata["generateName"] = item.Name + "-";
        }

        return pod;
    }

    private void Count(StoredObject item, MapValue status)
    {
        var active = PodFacts.ControlledBy(item.Uid, Dependents(item, _pods.Table)).FindAll(static p => p.IsActive);
        Conditions.SetCount(status, "active", active.Count);
        status["ready"] = active.LongCount(static p => p.IsReady);
        status["terminating"] = 0;
        status["uncountedTerminatedPods"] = new MapValue();
    }

    private async Task ExpireAsync(StoredObject item, MapValue spec, MapValue status)
    {
        if (spec.GetInt("ttlSecondsAfterFinished") is not { } seconds)
        {
            return;
        }

        var finished = (Conditions.Find(status, "Complete") ?? Conditions.Find(status, "Failed"))!.GetString("lastTransitionTime");
        var wait = PodFacts.Time(finished).AddSeconds(seconds) - Cluster.Now;
        if (wait > TimeSpan.Zero)
        {
            EnqueueAfter(item, wait);
            return;
        }

        await Cluster.DeleteAsync(Resource, item, "ttl-after-finished-controller", new DeleteOptions { PropagationPolicy = "Foreground" }).ConfigureAwait(false);
    }

    private static long Index(StoredObject pod) =>
        long.TryParse(pod.Label(IndexAnnotation), CultureInfo.InvariantCulture, out var index) ? index : -1;

    private static long Restarts(StoredObject pod)
    {
        long restarts = 0;
        foreach (var status in pod.Decode().GetMap("status")?.GetList("containerStatuses") ?? [])
        {
            restarts += (status as MapValue)?.GetInt("restartCount") ?? 0;
        }

        return restarts;
    }

    /// <summary>Numbers as <c>0-2,5</c>.</summary>
    private static string Ranges(IEnumerable<long> numbers)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(',', ranges.Select(static r => r.First == r.Last ? $"{r.First}" : $"{r.First}-{r.Last}"));
    }
}

using System.Globalization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Makes a Job whenever a CronJob's schedule says so, and keeps as many finished ones as it wants.</summary>
internal sealed class CronJobController(SimulatedCluster cluster)
    : SimulatedController(cluster, cluster.Resource("batch", "v1", "cronjobs"), "cronjob-controller")
{
    private readonly ServedResource _jobs = cluster.Resource("batch", "v1", "jobs");

    protected override ResourceTable? OwnedTable => _jobs.Table;

    protected override async Task ReconcileAsync(StoredObject item)
    {
        if (item.IsTerminating)
        {
            return;
        }

        var value = item.Decode();
        var spec = value.GetMap("spec") ?? [];
        var status = value.GetMap("status")?.DeepClone() ?? [];
        var jobs = Dependents(item, _jobs.Table).ConvertAll(static j => (Stored: j, Value: j.Decode()));
        await TrimAsync(spec, jobs).ConfigureAwait(false);
        Note(status, jobs);
        if (spec.GetBool("suspend") != true && CronSchedule.TryParse(spec.GetString("schedule") ?? "", out var schedule) && Zone(spec) is { } zone)
        {
            await ScheduleAsync(item, value, spec, status, jobs, schedule, zone).ConfigureAwait(false);
        }

        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private async Task ScheduleAsync(
        StoredObject item, MapValue value, MapValue spec, MapValue status, List<(StoredObject Stored, MapValue Value)> jobs, CronSchedule schedule, TimeZoneInfo zone)
    {
        var now = Cluster.Now;
        var last = PodFacts.Time(status.GetString("lastScheduleTime") ?? value.GetMap("metadata")!.GetString("creationTimestamp"));
        if (spec.GetInt("startingDeadlineSeconds") is { } deadline && last < now.AddSeconds(-deadline))
        {
            last = now.AddSeconds(-deadline);
        }

        // Of the runs that were missed only the newest is made up for; a clock that jumped years costs no more than a hundred steps.
        DateTimeOffset? due = null;
        var next = schedule.Next(last, zone);
        for (var i = 0; next is { } time && time <= now; i++)
        {
            due = time;
            next = i < 100 ? schedule.Next(time, zone) : schedule.Next(now, zone);
        }

        if (next is { } wake)
        {
            EnqueueAfter(item, wake - now);
        }

        if (due is not { } run)
        {
            return;
        }

        var active = jobs.FindAll(static j => !IsFinished(j.Value));
        switch (spec.GetString("concurrencyPolicy"))
        {
            case "Forbid" when active.Count > 0:
                return;
            case "Replace":
                foreach (var job in active)
                {
                    await Cluster.DeleteAsync(_jobs, job.Stored, Account).ConfigureAwait(false);
                }

                break;
        }

        await StartAsync(item, value, spec, status, run).ConfigureAwait(false);
    }

    private async Task StartAsync(StoredObject item, MapValue value, MapValue spec, MapValue status, DateTimeOffset run)
    {
        var template = spec.GetMap("jobTemplate") ?? [];
        var metadata = template.GetMap("metadata")?.DeepClone() ?? [];
        metadata["name"] = $"{item.Name}-{(run.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture)}";
        var annotations = metadata.GetOrAddMap("annotations");
        annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"] = ObjectMetadata.Timestamp(run);
        foreach (var (key, note) in value.GetMap("metadata")?.GetMap("annotations") ?? [])
        {
            if (key.StartsWith(SimulatedBehaviour.Prefix, StringComparison.Ordinal) && !annotations.ContainsKey(key))
            {
                annotations[key] = note;
            }
        }

        metadata["ownerReferences"] = new ListValue { PodTemplates.OwnerReference(Resource, value) };
        var job = new MapValue { ["metadata"] = metadata, ["spec"] = template.GetMap("spec")?.DeepClone() ?? [] };
        try
        {
            var created = await Cluster.CreateAsync(_jobs, item.Namespace, job, Account).ConfigureAwait(false);
            var active = status.GetList("active") ?? [];
            active.Add(Reference(created));
            status["active"] = active;
        }
        catch (ApiException exception) when (exception.Status.Reason == "AlreadyExists")
        {
            // Made before, and not yet noted.
        }

        status["lastScheduleTime"] = ObjectMetadata.Timestamp(run);
    }

    private void Note(MapValue status, List<(StoredObject Stored, MapValue Value)> jobs)
    {
        var active = new ListValue();
        foreach (var (stored, value) in jobs)
        {
            if (!IsFinished(value))
            {
                active.Add(Reference(stored));
            }
            else if (value.GetMap("status")?.GetString("completionTime") is { } completed
                && string.CompareOrdinal(completed, status.GetString("lastSuccessfulTime") ?? "") > 0)
            {
                status["lastSuccessfulTime"] = completed;
            }
        }

        if (active.Count > 0)
        {
            status["active"] = active;
        }
        else
        {
            status.Remove("active");
        }
    }

    private async Task TrimAsync(MapValue spec, List<(StoredObject Stored, MapValue Value)> jobs)
    {
        var failed = jobs.FindAll(static j => Conditions.IsTrue(j.Value.GetMap("status"), "Failed"));
        var done = jobs.FindAll(static j => Conditions.IsTrue(j.Value.GetMap("status"), "Complete"));
        foreach (var (list, limit) in ((List<(StoredObject Stored, MapValue Value)>, long)[])
                 [(done, spec.GetInt("successfulJobsHistoryLimit") ?? 3), (failed, spec.GetInt("failedJobsHistoryLimit") ?? 1)])
        {
            list.Sort(static (a, b) => string.CompareOrdinal(a.Value.GetMap("status")?.GetString("startTime"), b.Value.GetMap("status")?.GetString("startTime")));
            for (var i = 0; i < list.Count - limit; i++)
            {
                await Cluster.DeleteAsync(_jobs, list[i].Stored, Account).ConfigureAwait(false);
                jobs.Remove(list[i]);
            }
        }
    }

    private MapValue Reference(StoredObject job) => new()
    {
        ["kind"] = _jobs.Kind,
        ["namespace"] = job.Namespace,
        ["name"] = job.Name,
        ["uid"] = job.Uid,
        ["apiVersion"] = _jobs.ApiVersion,
        ["resourceVersion"] = job.ResourceVersion.ToString(CultureInfo.InvariantCulture),
    };

    private static bool IsFinished(MapValue job) =>
        Conditions.IsTrue(job.GetMap("status"), "Complete") || Conditions.IsTrue(job.GetMap("status"), "Failed");

    private static TimeZoneInfo? Zone(MapValue spec) =>
        spec.GetString("timeZone") is not { Length: > 0 } name ? TimeZoneInfo.Utc : TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}

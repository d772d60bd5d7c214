using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Uninstalls a release, for a deletion, a move or a remediation.</summary>
internal static class Uninstallation
{
    /// <summary>What became of the release, or <see langword="null"/> when there is none. Throws with Helm's words.</summary>
    public static async Task<ReleaseRecord?> RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var spec = run.Spec.Uninstall ?? new HelmUninstall();
        var timeout = spec.Timeout?.Value ?? run.Timeout;
        var records = await run.Storage.ListAsync(cancellationToken).ConfigureAwait(false);
        if (records.Count == 0)
        {
            return null;
        }

        var record = records[^1];
        if (record.Status == ReleaseStatus.Uninstalled)
        {
            if (spec.KeepHistory == true)
            {
                throw new HelmActionException($"the release named \"{record.Name}\" is already deleted");
            }

            await PurgeAsync(run, records, cancellationToken).ConfigureAwait(false);
            return record;
        }

        run.Log.Add("uninstall: deleting release", new MapValue { ["name"] = record.Name });
        record = record with
        {
            Status = ReleaseStatus.Uninstalling,
            Deleted = run.Services.Settings.Time.GetUtcNow(),
            Description = "Deletion in progress (or silently failed)",
        };
        var hooks = new HookRunner(run, record.ApplyMethod == "ssa");
        if (spec.DisableHooks != true)
        {
            record = await hooks.RunAsync(record, "pre-delete", timeout, null, cancellationToken).ConfigureAwait(false);
        }

        // What the cluster holds depends on the state before this.
        var revisions = LeftObjects.Revisions(records).ToList();
        await run.Storage.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        var problems = await DeleteAsync(run, record, revisions, spec, timeout, cancellationToken).ConfigureAwait(false);
        if (spec.DisableHooks != true)
        {
            try
            {
                record = await hooks.RunAsync(record, "post-delete", timeout, null, cancellationToken).ConfigureAwait(false);
            }
            catch (HookFailedException e)
            {
                problems.Add(e.Message);
                record = e.Record;
            }
        }

        record = record with { Status = ReleaseStatus.Uninstalled, Description = "Uninstallation complete" };
        if (spec.KeepHistory == true)
        {
            await run.Storage.UpdateAsync(record, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            run.Log.Add("purge requested", new MapValue { ["release"] = record.Name });
            records[^1] = record;
            await PurgeAsync(run, records, cancellationToken).ConfigureAwait(false);
        }

        return problems.Count == 0
            ? record
            : throw new HelmActionException($"uninstallation completed with {problems.Count} error(s): {string.Join("; ", problems)}");
    }

    /// <summary>Writes what was observed into the snapshots that are remembered.</summary>
    public static void Observe(HelmReleaseRun run, string action)
    {
        foreach (var record in run.Storage.Observed.Values)
        {
            run.History.Replace(record, known => Snapshot.Of(record, action, known.OciDigest, known.TestHooks));
        }
    }

    private static async Task<List<string>> DeleteAsync(
        HelmReleaseRun run, ReleaseRecord record, List<ReleaseRecord> revisions, HelmUninstall spec, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var objects = new List<ReleaseObject>();
        foreach (var value in ReleaseObjects.Parse(record.Manifest))
        {
            try
            {
                objects.AddRange(await ReleaseObjects.ReadAsync(
                    run.Target, Yaml.YamlWriter.Write(value), record.Namespace, cancellationToken).ConfigureAwait(false));
            }
            catch (HelmActionException)
            {
                // A kind that is not served any more has no objects.
            }
        }

        objects.AddRange(await LeftObjects.FindAsync(run.Target, revisions, objects, cancellationToken).ConfigureAwait(false));
        var propagation = spec.DeletionPropagation switch
        {
            "foreground" => "Foreground",
            "orphan" => "Orphan",
            _ => "Background",
        };
        var resources = new ReleaseResources(run.Target, isServerSide: true, replaces: false, run.Log);
        var deleted = new List<HealthTarget>();
        foreach (var item in KindOrder.ForUninstall(objects.Where(static o => !o.IsKept), static o => o.Kind.Kind))
        {
            run.Log.Add(
                "starting delete resource",
                new MapValue { ["kind"] = item.Kind.Kind, ["name"] = item.Value.Name(), ["namespace"] = item.Value.Namespace() });
            try
            {
                await resources.DeleteAsync(item, propagation, cancellationToken).ConfigureAwait(false);
                deleted.Add(new(item.Key, item.Kind.Version));
            }
            catch (ApiException e)
            {
                problems.Add(e.Message);
            }
        }

        if (problems.Count > 0)
        {
            throw new HelmActionException($"failed to delete release: {record.Name}");
        }

        if (spec.DisableWait != true
            && await new HealthWaiter(run.Target, Readiness.Judge).WaitGoneAsync(deleted, timeout, cancellationToken).ConfigureAwait(false) is { } left)
        {
            problems.Add($"{left} termination timeout: context deadline exceeded");
        }

        return problems;
    }

    private static async Task PurgeAsync(HelmReleaseRun run, List<ReleaseRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            await run.Storage.DeleteAsync(record, cancellationToken).ConfigureAwait(false);
        }
    }
}

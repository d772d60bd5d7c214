using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Applies the objects in stages. Before the first write the inventory names everything that may be created, so that a crash
/// or a failed stage orphans nothing.
/// </summary>
internal static class ApplyObjects
{
    private const string Group = "kustomize.toolkit.fluxcd.io";

    /// <summary>What was applied, or <see langword="null"/> when it failed; the run's condition says why.</summary>
    public static async Task<AppliedSet?> RunAsync(
        KustomizationRun run,
        KubernetesClient target,
        IReadOnlyList<MapValue> objects,
        CancellationToken cancellationToken)
    {
        run.Conditions.Remove(ConditionTypes.Drifted);
        var before = Inventory.Read(run.Object.Status);
        foreach (var value in objects)
        {
            if (value.GroupVersionKind() is { Group: "", Kind: "Secret" } && value.ContainsKey("sops") && !SopsDecryption.IsDisabled(value))
            {
                run.Fail(
                    Reasons.ReconciliationFailed,
                    $"{value.Key()} is SOPS encrypted, configuring decryption is required for this secret to be reconciled");
                return null;
            }
        }

        var intent = Inventory.Union(before, Intent(run, objects));
        if (intent.Count != before.Count)
        {
            Inventory.Write(run.Object.Status, intent);
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }

        var set = new ApplySet(target, Options(run), new HealthWaiter(target, Readiness.Judge));
        try
        {
            var changes = await set.ApplyAllAsync(objects, cancellationToken).ConfigureAwait(false);
            var after = changes.Select(static c => new InventoryEntry(c.Key, c.Version)).ToList();
            Inventory.Write(run.Object.Status, after);
            var log = Describe(changes);
            if (log.Length > 0)
            {
                run.Tell(EventSeverity.Info, log);
            }

            return new(changes, before, after);
        }
        catch (ApplyFailedException e)
        {
            // What was not reached does not exist: the inventory shrinks to what was there before and what was done.
            Restore(run, before, e.Changes);
            run.Fail(Reasons.ReconciliationFailed, $"{e.Message}\n{Describe(e.Changes, endsWithBreak: true)}");
            return null;
        }
    }

    private static void Restore(KustomizationRun run, List<InventoryEntry> before, IReadOnlyList<Change> done)
    {
        var known = Inventory.Union(before, done.Select(static c => new InventoryEntry(c.Key, c.Version)));
        if (known.Count > 0)
        {
            Inventory.Write(run.Object.Status, known);
        }
        else
        {
            run.Object.Status.Remove("inventory");
        }
    }

    private static List<InventoryEntry> Intent(KustomizationRun run, IReadOnlyList<MapValue> objects)
    {
        var entries = new List<InventoryEntry>(objects.Count);
        foreach (var value in objects)
        {
            var key = value.Key();
            entries.Add(new(key, value.GroupVersionKind().Version));
        }

        _ = run;
        return entries;
    }

    /// <summary>How Flux applies the objects of this Kustomization.</summary>
    public static ApplySetOptions Options(KustomizationRun run)
    {
        var replaced = new List<FieldManagerRule>
        {
            new("kubectl", "Apply"),
            new("kubectl", "Update"),
            new("before-first-apply", "Update"),
            new(KustomizationServices.ControllerName, "Update"),
        };
        foreach (var manager in run.Services.OverrideManagers)
        {
            replaced.Add(new(manager, "Apply"));
            replaced.Add(new(manager, "Update"));
        }

        return new()
        {
            FieldManager = KustomizationServices.ControllerName,
            Recreates = run.Spec.Force == true,
            Excluded = [new($"{Group}/reconcile", "disabled"), new($"{Group}/ssa", "Ignore")],
            OnlyCreated = [new($"{Group}/ssa", "IfNotPresent")],
            Recreated = [new($"{Group}/force", "enabled")],
            Merged = [new($"{Group}/ssa", "Merge")],
            Replaced = replaced,
            RemovedAnnotations =
            [
                "kubectl.kubernetes.io/last-applied-configuration",
                "kustomize.toolkit.fluxcd.io/checksum",
                "fluxcd.io/sync-checksum",
            ],
            RemovedLabels = ["fluxcd.io/sync-gc-mark"],
            Ignored = DriftRules.Of(run.Spec.Ignore),
            Concurrency = run.Services.ApplyConcurrency,
        };
    }

    /// <summary>The changes that have an effect, one a line.</summary>
    public static string Describe(IReadOnlyList<Change> changes, bool endsWithBreak = false)
    {
        var lines = changes.Where(static c => c.HasEffect).Select(static c => c.ToString());
        var text = string.Join('\n', lines);
        return endsWithBreak && text.Length > 0 ? text + "\n" : text;
    }
}

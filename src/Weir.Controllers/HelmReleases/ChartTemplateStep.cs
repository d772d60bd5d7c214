using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Keeps the HelmChart that a HelmRelease with a chart template asks for.</summary>
internal static class ChartTemplateStep
{
    /// <summary>Creates, updates or deletes the HelmChart. Throws <see cref="HelmActionException"/>.</summary>
    public static async Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var template = run.Spec.Chart;
        var space = Space(run, template);
        var name = $"{run.Space}-{run.Release.Metadata.Name}";
        var wanted = template is null ? "" : $"{space}/{name}";
        var current = run.Status.GetString("helmChart") ?? "";
        if (current.Length > 0 && (current != wanted || run.Release.Metadata.IsBeingDeleted))
        {
            await DeleteAsync(run, current, cancellationToken).ConfigureAwait(false);
        }

        if (run.Release.Metadata.IsBeingDeleted || template is null)
        {
            return;
        }

        if (run.Services.BlocksCrossNamespace && space != run.Space)
        {
            throw new AccessDeniedException($"can't access 'HelmChart/{space}/{name}', cross-namespace references have been blocked");
        }

        var set = new ApplySet(
            run.Services.Client,
            new() { FieldManager = HelmReleaseServices.ControllerName },
            new HealthWaiter(run.Services.Client, Readiness.Judge));
        IReadOnlyList<Change> changes;
        try
        {
            changes = await set.ApplyAllAsync([Build(run, template, space, name)], cancellationToken).ConfigureAwait(false);
        }
        catch (ApplyFailedException e)
        {
            run.Tell(EventSeverity.Trace, HelmReleaseReasons.HelmChartSyncErr, $"failed to run server-side apply: {e.Message}");
            throw new HelmActionException($"failed to run server-side apply: {e.Message}", e);
        }

        foreach (var change in changes)
        {
            if (change.HasEffect)
            {
                var verb = change.Action == ChangeAction.Created ? "Created" : "Configured";
                var source = template.Spec?.SourceRef;
                run.Tell(
                    EventSeverity.Trace,
                    change.Action == ChangeAction.Created ? HelmReleaseReasons.HelmChartCreated : HelmReleaseReasons.HelmChartConfigured,
                    $"{verb} {change.Key} with SourceRef '{source?.Kind}/{space}/{source?.Name}'");
            }
        }

        run.Status["helmChart"] = wanted;
    }

    private static string Space(HelmReleaseRun run, HelmChartTemplate? template) =>
        string.IsNullOrEmpty(template?.Spec?.SourceRef?.Namespace) ? run.Space : template.Spec.SourceRef.Namespace;

    private static async Task DeleteAsync(HelmReleaseRun run, string current, CancellationToken cancellationToken)
    {
        if (run.Spec.Suspend == true)
        {
            return;
        }

        var slash = current.IndexOf('/', StringComparison.Ordinal);
        try
        {
            await run.Services.Client.DeleteAsync(
                HelmChart.Kind, current[..slash], current[(slash + 1)..], DeleteOptions.Background, cancellationToken).ConfigureAwait(false);
            run.Tell(EventSeverity.Trace, HelmReleaseReasons.HelmChartDeleted, $"deleted HelmChart '{current}'");
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // It is gone.
        }
        catch (ApiException e)
        {
            throw new HelmActionException($"failed to delete HelmChart '{current}': {e.Message}", e);
        }

        run.Status.Remove("helmChart");
    }

    private static MapValue Build(HelmReleaseRun run, HelmChartTemplate template, string space, string name)
    {
        var wanted = template.Spec ?? new HelmChartTemplateSpec();
        var spec = new MapValue
        {
            ["chart"] = wanted.Chart,
            ["interval"] = (wanted.Interval ?? run.Spec.Interval ?? default).ToString(),
            ["sourceRef"] = new MapValue { ["kind"] = wanted.SourceRef?.Kind ?? "", ["name"] = wanted.SourceRef?.Name ?? "" },
        };
        var written = run.Object.Value.At("spec", "chart", "spec") as MapValue ?? [];
        foreach (var field in (ReadOnlySpan<string>)["version", "reconcileStrategy", "valuesFiles", "ignoreMissingValuesFiles", "verify"])
        {
            if (written[field] is { } value and not BoolValue { Value: false })
            {
                spec[field] = value.DeepClone();
            }
        }

        var metadata = new MapValue { ["name"] = name, ["namespace"] = space };
        var labels = Map(template.Metadata?.Labels);
        labels["helm.toolkit.fluxcd.io/name"] = run.Release.Metadata.Name;
        labels["helm.toolkit.fluxcd.io/namespace"] = run.Space;
        metadata["labels"] = labels;
        if (template.Metadata?.Annotations is { Count: > 0 } annotations)
        {
            metadata["annotations"] = Map(annotations);
        }

        return new()
        {
            ["apiVersion"] = HelmChart.Kind.ApiVersion,
            ["kind"] = HelmChart.Kind.Kind,
            ["metadata"] = metadata,
            ["spec"] = spec,
        };
    }

    private static MapValue Map(FieldMap<string>? texts)
    {
        var map = new MapValue();
        foreach (var (key, text) in texts ?? new FieldMap<string>([]))
        {
            map[key] = text;
        }

        return map;
    }
}

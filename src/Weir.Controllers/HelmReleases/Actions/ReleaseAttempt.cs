using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>What installs and upgrades share: rendering against the cluster, CRDs, and the wait.</summary>
internal static class ReleaseAttempt
{
    /// <summary>The release rendered for a revision. Throws <see cref="HelmActionException"/> with Helm's words.</summary>
    public static async Task<HelmRendering> RenderAsync(
        HelmReleaseRun run, Chart chart, int revision, bool isUpgrade, MapValue values, CancellationToken cancellationToken)
    {
        var capabilities = await ClusterCapabilities.ReadAsync(run.Target, cancellationToken).ConfigureAwait(false);
        var skipsSchema = isUpgrade ? run.Spec.Upgrade?.DisableSchemaValidation == true : run.Spec.Install?.DisableSchemaValidation == true;
        if (!skipsSchema && run.Services.Schemas is { } schemas)
        {
            await schemas.CompleteAsync(chart, cancellationToken).ConfigureAwait(false);
        }

        var rendering = await Task.Run(
            () => HelmReleaseRenderer.Render(
                run.Release,
                chart,
                values,
                new() { Name = run.ReleaseName, Namespace = run.ReleaseNamespace, Revision = revision, IsUpgrade = isUpgrade },
                capabilities,
                new()
                {
                    Random = static buffer => System.Security.Cryptography.RandomNumberGenerator.Fill(buffer),
                    Now = run.Services.Settings.Time.GetUtcNow(),
                    SkipSchemaValidation = skipsSchema,
                    Schemas = run.Services.Schemas?.Schemas,
                    RequireDependencies = false,
                    Lookup = (apiVersion, kind, space, name) => Lookup(run.Target, apiVersion, kind, space, name),
                }),
            cancellationToken).ConfigureAwait(false);
        return rendering.Error is { } error ? throw new HelmActionException(error) : rendering;
    }

    /// <summary>Creates, or with <c>CreateReplace</c> updates, the chart's CRDs and waits for them.</summary>
    public static async Task ApplyCrdsAsync(HelmReleaseRun run, string? policy, bool isServerSide, CancellationToken cancellationToken)
    {
        if (policy == "Skip")
        {
            return;
        }

        var applied = new List<HealthTarget>();
        foreach (var file in ChartCrds.Of(run.Chart))
        {
            foreach (var value in ReleaseObjects.Parse(file.Text))
            {
                // What is no definition does not belong there; Helm ignores it too.
                if (value.GroupVersionKind() is not { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" })
                {
                    continue;
                }

                if (await ApplyCrdAsync(run, value, policy == "CreateReplace", isServerSide, cancellationToken).ConfigureAwait(false))
                {
                    applied.Add(new(value.Key(), value.GroupVersionKind().Version));
                }
            }
        }

        if (applied.Count == 0)
        {
            return;
        }

        var complaint = await new HealthWaiter(run.Target, Readiness.Judge)
            .WaitAsync(applied, TimeSpan.FromSeconds(60), failsFast: false, cancellationToken).ConfigureAwait(false);
        run.Target.Mapper.Invalidate();
        if (complaint is not null)
        {
            throw new HelmActionException($"failed to apply CustomResourceDefinitions: failed to wait for CustomResourceDefinition(s): {complaint}");
        }
    }

    /// <summary>Waits for the health of a release's objects. Throws <see cref="HelmActionException"/>.</summary>
    public static async Task WaitAsync(
        HelmReleaseRun run,
        IReadOnlyList<ReleaseObject> objects,
        bool isDisabled,
        bool skipsJobs,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        if (isDisabled)
        {
            return;
        }

        var targets = new List<HealthTarget>(objects.Count);
        foreach (var item in objects)
        {
            if (skipsJobs && item.Kind is { Group: "batch", Kind: "Job" })
            {
                continue;
            }

            if (item.Kind is not { Group: "apps", Kind: "Deployment" } || item.Value.At("spec", "paused") is not BoolValue { Value: true })
            {
                targets.Add(new(item.Key, item.Kind.Version, item.Kind.Kind == "Job" && item.Value.At("spec", "ttlSecondsAfterFinished") is not null));
            }
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, run.Interruption);
        var complaint = await run.Health.Waiter(run.Target)
            .WaitAsync(targets, timeout, failsFast: true, either.Token).ConfigureAwait(false);
        if (complaint is not null)
        {
            throw new HelmActionException(complaint);
        }
    }

    private static async Task<bool> ApplyCrdAsync(HelmReleaseRun run, MapValue value, bool replaces, bool isServerSide, CancellationToken cancellationToken)
    {
        var live = await run.Target.FindAsync(value.GroupVersionKind(), "", value.Name(), cancellationToken).ConfigureAwait(false);
        // Created by apply, a definition that is there already follows the chart, whatever the policy.
        if (live is not null && !replaces && !isServerSide)
        {
            return false;
        }

        var labels = value.GetOrAddMap("metadata").GetOrAddMap("labels");
        labels["helm.toolkit.fluxcd.io/name"] = run.Release.Metadata.Name;
        labels["helm.toolkit.fluxcd.io/namespace"] = run.Space;
        try
        {
            if (isServerSide)
            {
                await run.Target.ApplyAsync(value, new() { FieldManager = HelmReleaseServices.ControllerName, IsForced = true }, cancellationToken).ConfigureAwait(false);
            }
            else if (live is null)
            {
                await run.Target.CreateAsync(value, new() { FieldManager = HelmReleaseServices.ControllerName }, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                value.GetOrAddMap("metadata")["resourceVersion"] = live.GetMap("metadata")?.GetString("resourceVersion") ?? "";
                await run.Target.UpdateAsync(value, new() { FieldManager = HelmReleaseServices.ControllerName }, cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (ApiException e)
        {
            throw new HelmActionException(
                $"failed to apply CustomResourceDefinitions: failed to {(live is null ? "create CustomResourceDefinition " + value.Name() : "update CustomResourceDefinition(s)")}: {e.Message}", e);
        }
    }

    // Templates are rendered by one thread without tasks; it waits here for the cluster's answer.
    private static MapValue Lookup(KubernetesClient client, string apiVersion, string kind, string space, string name)
    {
        var gvk = GroupVersionKind.Of(apiVersion, kind);
        try
        {
            if (name.Length > 0)
            {
                return client.FindAsync(gvk, space, name, CancellationToken.None).GetAwaiter().GetResult() ?? [];
            }

            var list = client.ListAsync(gvk, new() { Namespace = space }, CancellationToken.None).GetAwaiter().GetResult();
            return new()
            {
                ["apiVersion"] = apiVersion,
                ["kind"] = kind + "List",
                ["metadata"] = new MapValue { ["resourceVersion"] = list.ResourceVersion },
                ["items"] = new ListValue(list.Items),
            };
        }
        catch (KindNotServedException)
        {
            return [];
        }
    }
}

using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources;
using Weir.Sources.Artifacts;
using Weir.Sources.Generating;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Keeps the ExternalArtifacts of an ArtifactGenerator, as source-watcher 2.2: validation, sources, drift, copies, archives,
/// ExternalArtifacts, and removal of those that are asked for no more.
/// </summary>
internal sealed class ArtifactGeneratorController(SourceServices services, ArtifactReader reader, bool blocksCrossNamespace) : IReconciler
{
    private const string Finalizer = "source.extensions.fluxcd.io/finalizer";
    private const string ReconcileAnnotation = "source.extensions.fluxcd.io/reconcile";
    private const string InProgress = "Reconciliation in progress";

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public GroupVersionKind Kind => ArtifactGenerator.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var value = new ReconciledObject(services.Client, live, ApplyExternalArtifact.ControllerName, services.Settings.Time);
        var generator = ArtifactGenerator.Read(live).Result!;
        if (await BeginAsync(value, generator, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        ReconcileResult result;
        try
        {
            ValidateGenerator.Run(generator, blocksCrossNamespace);
            await ReconcileAsync(value, generator, cancellationToken).ConfigureAwait(false);
            result = ReconcileResult.In(services.Settings.Jitter(Interval));
        }
        catch (ArtifactGeneratorException e)
        {
            result = Failed(value, e.Reason, e.Message, e.Stalls);
        }
        catch (ArtifactException e)
        {
            result = Failed(value, ArtifactGeneratorReasons.SourceFetchFailed, $"fetch sources failed: {e.Message}", stalls: false);
        }
        catch (ApiException e)
        {
            Failed(value, Reasons.ReconciliationFailed, e.Message, stalls: false);
            result = ReconcileResult.BackOff;
        }

        value.NoteRequest();
        await value.PatchAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<ReconcileResult?> BeginAsync(ReconciledObject value, ArtifactGenerator generator, CancellationToken cancellationToken)
    {
        if (value.Metadata.IsBeingDeleted)
        {
            foreach (var made in generator.Status.Inventory ?? [])
            {
                await RemoveAsync(made, cancellationToken).ConfigureAwait(false);
            }

            value.RemoveFinalizer(Finalizer);
            await value.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Done;
        }

        var isDisabled = string.Equals(value.Metadata.Annotations.GetValueOrDefault(ReconcileAnnotation), "disabled", StringComparison.OrdinalIgnoreCase);
        if (!value.HasFinalizer(Finalizer))
        {
            value.AddFinalizer(Finalizer);
            if (isDisabled)
            {
                value.Conditions.SetTrue(ConditionTypes.Ready, ArtifactGeneratorReasons.ReconciliationDisabled, "Initialized with reconciliation disabled");
            }
            else
            {
                MarkInProgress(value);
            }

            await value.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Again;
        }

        if (!isDisabled)
        {
            return null;
        }

        Tell(value, EventSeverity.Trace, ArtifactGeneratorReasons.ReconciliationDisabled, "Reconciliation is disabled");
        value.NoteRequest();
        await value.PatchAsync(cancellationToken).ConfigureAwait(false);
        return ReconcileResult.Done;
    }

    private async Task ReconcileAsync(ReconciledObject value, ArtifactGenerator generator, CancellationToken cancellationToken)
    {
        var sources = await ObserveSources.RunAsync(services.Client, generator, cancellationToken).ConfigureAwait(false);
        var digest = ObserveSources.Digest(sources);
        if (!await HasDriftedAsync(value, generator, digest, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        MarkInProgress(value);
        await value.PatchAsync(cancellationToken).ConfigureAwait(false);

        using var work = new WorkFolder();
        var folders = await UnpackAsync(sources, work.Path, cancellationToken).ConfigureAwait(false);
        var made = new List<GeneratedArtifact>();
        foreach (var (plan, index) in Expand(generator, folders).Select((p, i) => (p, i)))
        {
            MapValue artifact;
            try
            {
                artifact = await BuildArtifact.RunAsync(
                    services, generator, plan.Output, sources, folders, Path.Combine(work.Path, "out", $"{index}"), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                throw new ArtifactGeneratorException(Reasons.BuildFailed, $"{plan.Output.Name} build failed: {e.Message}", stalls: false);
            }

            await ApplyExternalArtifact.RunAsync(services, generator, plan, artifact, cancellationToken).ConfigureAwait(false);
            var path = artifact.GetString("path")!;
            services.Store.Collect(path, services.ArtifactRetention, services.ArtifactTimeToLive);
            made.Add(new GeneratedArtifact
            {
                Name = plan.Output.Name,
                Namespace = generator.Metadata.Namespace,
                Digest = artifact.GetString("digest")!,
                Filename = FilePath.Name(path),
            });
        }

        foreach (var orphan in (generator.Status.Inventory ?? []).Where(old => made.TrueForAll(m => m.Name != old.Name)))
        {
            await RemoveAsync(orphan, cancellationToken).ConfigureAwait(false);
        }

        Succeed(value, generator, made, digest);
    }

    private static IReadOnlyList<OutputPlan> Expand(ArtifactGenerator generator, Dictionary<string, string> folders)
    {
        try
        {
            return ExpandPathPattern.Run(generator, folders);
        }
        catch (SourceException e)
        {
            throw new ArtifactGeneratorException(Reasons.BuildFailed, e.Message, stalls: true);
        }
    }

    private async Task<Dictionary<string, string>> UnpackAsync(IReadOnlyList<ObservedSource> sources, string folder, CancellationToken cancellationToken)
    {
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            var target = Path.Combine(folder, "sources", source.Alias);
            Directory.CreateDirectory(target);
            var content = await reader.ReadAsync(source.Artifact, cancellationToken).ConfigureAwait(false);
            try
            {
                TarGz.Extract(new MemoryStream(content), target);
            }
            catch (InvalidDataException e)
            {
                throw new ArtifactException($"failed to untar archive: {e.Message}", isMissing: false);
            }

            folders[source.Alias] = target;
        }

        return folders;
    }

    /// <summary>True when anything asks for the artifacts to be made again: the object, its sources, the store or the cluster.</summary>
    private async Task<bool> HasDriftedAsync(ReconciledObject value, ArtifactGenerator generator, string digest, CancellationToken cancellationToken)
    {
        var inventory = generator.Status.Inventory ?? [];
        var ready = value.Conditions.Find(ConditionTypes.Ready);
        if (ready?.GetString("status") != "True"
            || ready.GetInt("observedGeneration") != value.Metadata.Generation
            || generator.Status.ObservedSourcesDigest != digest
            || (string.IsNullOrEmpty(generator.Spec.PathPattern) && inventory.Count != (generator.Spec.Artifacts ?? []).Count))
        {
            return true;
        }

        foreach (var made in inventory)
        {
            var path = ArtifactStore.PathOf(ExternalArtifact.Kind.Kind, made.Namespace, made.Name, made.Filename);
            if (!await services.Store.VerifyAsync(path, made.Digest, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            var live = await services.Client.FindAsync(ExternalArtifact.Kind, made.Namespace, made.Name, cancellationToken).ConfigureAwait(false);
            if (live?.At("status", "artifact", "digest") is not StringValue present || present.Value != made.Digest
                || live.At("status", "artifact", "url") is not StringValue url || url.Value != services.UrlOf(path))
            {
                return true;
            }
        }

        return false;
    }

    private async Task RemoveAsync(GeneratedArtifact made, CancellationToken cancellationToken)
    {
        services.Store.RemoveAll(ExternalArtifact.Kind.Kind, made.Namespace, made.Name);
        try
        {
            await services.Client.DeleteAsync(ExternalArtifact.Kind, made.Namespace, made.Name, DeleteOptions.Background, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            // Gone already.
        }
    }

    private void Succeed(ReconciledObject value, ArtifactGenerator generator, List<GeneratedArtifact> made, string digest)
    {
        value.Status["inventory"] = new ListValue(made.Select(static m => (Value)new MapValue
        {
            ["digest"] = m.Digest, ["filename"] = m.Filename, ["name"] = m.Name, ["namespace"] = m.Namespace,
        }));
        value.Status["observedSourcesDigest"] = digest;
        value.Conditions.Remove(ConditionTypes.Reconciling);
        value.Conditions.Remove(ConditionTypes.Stalled);
        value.Conditions.SetTrue(ConditionTypes.Ready, Reasons.Succeeded, $"reconciliation succeeded, generated {made.Count} artifact(s)");
        var changed = made.Where(m => !(generator.Status.Inventory ?? []).Any(old => old.Name == m.Name && old.Digest == m.Digest))
            .Select(static m => $"{m.Namespace}/{m.Name} ({m.Digest})").ToList();
        if (changed.Count > 0)
        {
            Tell(value, EventSeverity.Info, ConditionTypes.Ready, $"external artifacts reconciled: {string.Join('\n', changed)}");
        }
    }

    private ReconcileResult Failed(ReconciledObject value, string reason, string message, bool stalls)
    {
        value.Conditions.SetFalse(ConditionTypes.Ready, reason, message);
        if (stalls)
        {
            value.Conditions.SetStalled(reason, message);
        }

        Tell(value, EventSeverity.Error, reason, message);
        return stalls ? ReconcileResult.Done
            : reason == ArtifactGeneratorReasons.SourceFetchFailed ? ReconcileResult.In(services.DependencyRetry)
            : ReconcileResult.BackOff;
    }

    private static void MarkInProgress(ReconciledObject value)
    {
        value.Conditions.SetReconciling(Reasons.Progressing, InProgress);
        value.Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, InProgress);
    }

    private void Tell(ReconciledObject value, EventSeverity severity, string reason, string message) =>
        services.Events.Record(new(value.Value, severity, reason, message, new Dictionary<string, string>(), ApplyExternalArtifact.ControllerName));
}

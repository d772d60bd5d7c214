using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// One run over a source: what all kinds of sources do around their own steps, as source-controller 1.9. Steps write
/// conditions about what they saw; <see cref="SummarizeAsync"/> alone decides Ready, Reconciling, Stalled and what happens next.
/// </summary>
internal sealed class SourceRun
{
    private static readonly string[] Summarized =
    [
        ConditionTypes.StorageOperationFailed,
        ConditionTypes.FetchFailed,
        ConditionTypes.BuildFailed,
        ConditionTypes.IncludeUnavailable,
        ConditionTypes.ArtifactOutdated,
        ConditionTypes.SourceVerified,
        ConditionTypes.Stalled,
        ConditionTypes.Reconciling,
    ];

    private readonly SourceServices _services;

    public SourceRun(SourceServices services, MapValue live)
    {
        _services = services;
        Object = new ReconciledObject(services.Client, live, SourceServices.ControllerName, services.Settings.Time);
        Before = live;
    }

    public ReconciledObject Object { get; }

    /// <summary>The object as it was when the run began.</summary>
    public MapValue Before { get; }

    public ConditionList Conditions => Object.Conditions;

    public MapValue? Artifact => Object.Status.GetMap("artifact");

    public string? Revision => Artifact?.GetString("revision");

    /// <summary>Records that work has begun, and sends it when a person waits for it.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        const string message = "reconciliation in progress";
        var observed = Object.Status.GetInt("observedGeneration") ?? 0;
        Progress(replaceReady: false, message);
        if (Object.Metadata.Generation != observed)
        {
            Progress(replaceReady: false, $"processing object: new generation {observed} -> {Object.Metadata.Generation}");
            await Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (Object.Metadata.Annotations.TryGetValue(Annotations.RequestedAt, out var token)
            && token != Object.Status.GetString("lastHandledReconcileAt"))
        {
            await Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }

        Conditions.Remove(ConditionTypes.StorageOperationFailed);
    }

    /// <summary>Forgets an artifact that the store has lost, and removes old ones.</summary>
    public async Task CheckStorageAsync(CancellationToken cancellationToken)
    {
        var isLost = false;
        if (Artifact is { } artifact)
        {
            var path = artifact.GetString("path") ?? "";
            var removed = _services.Store.Collect(path, _services.ArtifactRetention, _services.ArtifactTimeToLive);
            if (removed.Count > 0)
            {
                Tell(EventSeverity.Trace, SourceReasons.GarbageCollectionSucceeded, $"garbage collected {removed.Count} artifacts");
            }

            if (await _services.Store.VerifyAsync(path, artifact.GetString("digest") ?? "", cancellationToken).ConfigureAwait(false))
            {
                artifact["url"] = _services.UrlOf(path);
                if (Object.Status.GetString("url") is { Length: > 0 } link)
                {
                    Object.Status["url"] = _services.UrlOf(path[..path.LastIndexOf('/')] + link[link.LastIndexOf('/')..]);
                }

                return;
            }

            isLost = true;
            Object.Status.Remove("artifact");
            Object.Status.Remove("url");
        }

        Progress(replaceReady: true, isLost ? "building artifact: disappeared from storage" : "building artifact");
        Conditions.Remove(ConditionTypes.ArtifactInStorage);
        await Object.PatchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says what is being done; <paramref name="replaceReady"/> also when Ready says something else.</summary>
    public void Progress(bool replaceReady, string message)
    {
        Conditions.SetReconciling(Reasons.Progressing, message);
        if (replaceReady || !Conditions.Has(ConditionTypes.Ready) || Conditions.Find(ConditionTypes.Ready)!.GetString("status") == "Unknown")
        {
            Conditions.SetUnknown(ConditionTypes.Ready, Reasons.Progressing, message);
        }
    }

    public void Fail(string condition, string reason, string message) => Conditions.SetTrue(condition, reason, message);

    public void Tell(EventSeverity severity, string reason, string message, IReadOnlyDictionary<string, string>? metadata = null) =>
        _services.Events.Record(new(Object.Value, severity, reason, message, metadata ?? new Dictionary<string, string>(), SourceServices.ControllerName));

    /// <summary>Tells about a new artifact, or that a failure is over.</summary>
    public void TellArtifact(string message, params ReadOnlySpan<string> failures) =>
        TellArtifactAs(SourceReasons.NewArtifact, Reasons.Succeeded, message, failures);

    /// <summary>Tells about a new artifact for one reason, or that a failure is over for another.</summary>
    public void TellArtifactAs(string stored, string recovered, string message, params ReadOnlySpan<string> failures)
    {
        if (Artifact is not { } artifact)
        {
            return;
        }

        var metadata = new Dictionary<string, string>
        {
            ["source.toolkit.fluxcd.io/revision"] = artifact.GetString("revision") ?? "",
            ["source.toolkit.fluxcd.io/digest"] = artifact.GetString("digest") ?? "",
        };
        if (Before.At("status", "artifact", "digest") is not StringValue old || old.Value != artifact.GetString("digest"))
        {
            Tell(EventSeverity.Info, stored, message, metadata);
        }
        else if (HasRecovered(failures))
        {
            Tell(EventSeverity.Info, recovered, message, metadata);
        }
    }

    /// <summary>Writes the artifact to the status, with the address of the name that always stands for the latest.</summary>
    public void Record(Weir.Sources.Artifacts.Artifact artifact, string latest, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Object.Status["artifact"] = _services.Describe(artifact, metadata);
        Object.Status["url"] = _services.UrlOf(_services.Store.Link(artifact.Path, latest));
    }

    /// <summary>Marks a new revision: the artifact is outdated, and another is being built.</summary>
    public Task OutdateAsync(string message, CancellationToken cancellationToken) =>
        OutdateAsync(SourceReasons.NewRevision, message, cancellationToken);

    /// <summary>Marks that what is stored is outdated, for a reason.</summary>
    public Task OutdateAsync(string reason, string message, CancellationToken cancellationToken)
    {
        if (Artifact is not null)
        {
            Conditions.SetTrue(ConditionTypes.ArtifactOutdated, reason, message);
        }

        Progress(replaceReady: true, $"building artifact: {message}");
        return Object.PatchAsync(cancellationToken);
    }

    /// <summary>Fails a step: a condition says so, and a later try may succeed.</summary>
    public SourceOutcome FailStep(string condition, string reason, string message)
    {
        Fail(condition, reason, message);
        return SourceOutcome.Failed(reason, message);
    }

    /// <summary>Stalls a step: a condition says so, and no retry helps before the object changes.</summary>
    public SourceOutcome StallStep(string condition, string reason, string message)
    {
        Fail(condition, reason, message);
        return SourceOutcome.Stalled(reason, message);
    }

    /// <summary>Turns how the steps ended into conditions, an event and what happens next, and sends it all.</summary>
    public async Task<ReconcileResult> SummarizeAsync(SourceOutcome outcome, TimeSpan interval, CancellationToken cancellationToken)
    {
        if (outcome.Kind is SourceOutcomeKind.Failed or SourceOutcomeKind.Stalled)
        {
            Tell(EventSeverity.Error, outcome.Reason, outcome.Message);
        }
        else if (outcome.Kind == SourceOutcomeKind.Waiting)
        {
            Tell(EventSeverity.Info, outcome.Reason, outcome.Message);
        }
        else if (outcome.Kind == SourceOutcomeKind.Skipped)
        {
            Tell(EventSeverity.Trace, outcome.Reason, outcome.Message);
        }

        Object.NoteRequest();
        if (outcome.Kind is SourceOutcomeKind.Done or SourceOutcomeKind.Skipped)
        {
            Conditions.Remove(ConditionTypes.Reconciling);
            Conditions.Remove(ConditionTypes.Stalled);
        }
        else if (Conditions.Find(ConditionTypes.Reconciling) is { } reconciling)
        {
            Conditions.SetTrue(ConditionTypes.Reconciling, Reasons.ProgressingWithRetry, reconciling.GetString("message") ?? "");
        }

        if (outcome.Kind == SourceOutcomeKind.Stalled)
        {
            Conditions.SetStalled(outcome.Reason, outcome.Message);
        }
        else
        {
            Conditions.Remove(ConditionTypes.Stalled);
        }

        if (outcome.Kind is SourceOutcomeKind.Done or SourceOutcomeKind.Skipped or SourceOutcomeKind.Stalled)
        {
            Object.Status["observedGeneration"] = Object.Metadata.Generation;
        }

        SummarizeReady();
        await Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        return outcome.Kind switch
        {
            SourceOutcomeKind.Stalled => ReconcileResult.Done,
            SourceOutcomeKind.Waiting => ReconcileResult.In(outcome.After),
            SourceOutcomeKind.Failed => ReconcileResult.BackOff,
            _ when !Conditions.IsTrue(ConditionTypes.Ready) => ReconcileResult.BackOff,
            _ => ReconcileResult.In(_services.Settings.Jitter(interval)),
        };
    }

    /// <summary>Sets Ready to what the conditions say, worst first.</summary>
    public void SummarizeReady()
    {
        foreach (var type in Summarized)
        {
            if (Conditions.Find(type) is { } condition && condition.GetString("status") == (type == ConditionTypes.SourceVerified ? "False" : "True"))
            {
                Conditions.SetFalse(ConditionTypes.Ready, condition.GetString("reason") ?? "", condition.GetString("message") ?? "");
                return;
            }
        }

        if (Conditions.Find(ConditionTypes.ArtifactInStorage) is { } stored)
        {
            Conditions.Set(ConditionTypes.Ready, stored.GetString("status") ?? "True", stored.GetString("reason") ?? "", stored.GetString("message") ?? "");
        }
    }

    private bool HasRecovered(ReadOnlySpan<string> failures)
    {
        var had = false;
        var before = new ConditionList(Before.GetMap("status") ?? [], 0, _services.Settings.Time);
        foreach (var type in failures)
        {
            if (Conditions.Has(type))
            {
                return false;
            }

            had |= before.Has(type);
        }

        return had;
    }
}

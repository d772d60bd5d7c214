using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>One run over a Kustomization: what the steps share.</summary>
internal sealed class KustomizationRun(KustomizationServices services, MapValue live, Kustomization kustomization)
{
    public KustomizationServices Services { get; } = services;

    public Kustomization Kustomization { get; } = kustomization;

    public ReconciledObject Object { get; } = new(services.Client, live, KustomizationServices.StatusManager, services.Settings.Time);

    public long Started { get; } = services.Settings.Time.GetTimestamp();

    /// <summary>The source's artifact; set once it is found.</summary>
    public MapValue Artifact { get; set; } = [];

    /// <summary>The checksum of what was built; empty before.</summary>
    public string Digest { get; set; } = "";

    /// <summary>When the maintenance window opens that this run waits for.</summary>
    public DateTimeOffset Opens { get; set; }

    public ConditionList Conditions => Object.Conditions;

    public KustomizationSpec Spec => Kustomization.Spec;

    public string Space => Kustomization.Metadata.Namespace;

    public string Revision => Artifact.GetString("revision") ?? "";

    /// <summary>Where the artifact came from, as its metadata says; empty when it does not.</summary>
    public string OriginRevision => Artifact.GetMap("metadata")?.GetString("org.opencontainers.image.revision") ?? "";

    /// <summary>The timeout, at least thirty seconds.</summary>
    public FluxDuration Timeout
    {
        get
        {
            var least = TimeSpan.FromSeconds(30);
            var wanted = Spec.Timeout?.Value ?? (Spec.Interval?.Value ?? TimeSpan.Zero) - least;
            return new(wanted < least ? least : wanted);
        }
    }

    public TimeSpan RetryInterval => Spec.RetryInterval ?? Spec.Interval ?? new FluxDuration(TimeSpan.FromMinutes(1));

    public TimeSpan Elapsed => Services.Settings.Time.GetElapsedTime(Started);

    /// <summary>Records that something failed; the last call names the reason.</summary>
    public void Fail(string reason, string message) => Conditions.SetFalse(ConditionTypes.Ready, reason, message);

    /// <summary>Records a mistake that no retry mends.</summary>
    public StepResult Stall(string reason, string mistake, string revision, string originRevision)
    {
        var message = $"Reconciliation failed terminally due to configuration error: {mistake}";
        Fail(reason, message);
        Conditions.SetStalled(reason, message);
        Tell(EventSeverity.Error, message, revision, originRevision);
        return StepResult.Stalled;
    }

    public void AddHistory(string outcome)
    {
        var metadata = new MapValue { ["revision"] = Revision };
        if (OriginRevision.Length > 0)
        {
            metadata["originRevision"] = OriginRevision;
        }

        ReconciliationHistory.Add(Object.Status, Digest, outcome, Services.Settings.Time.GetUtcNow(), Elapsed, metadata);
    }

    public void Tell(EventSeverity severity, string message, string revision, string originRevision, (string Key, string Value)? extra = null)
    {
        var metadata = new Dictionary<string, string>();
        if (extra is { } more)
        {
            metadata[more.Key] = more.Value;
        }

        if (revision.Length > 0)
        {
            metadata["kustomize.toolkit.fluxcd.io/revision"] = revision;
        }

        if (originRevision.Length > 0)
        {
            metadata["kustomize.toolkit.fluxcd.io/originRevision"] = originRevision;
        }

        var reason = Conditions.Reason(ConditionTypes.Ready);
        Services.Events.Record(new(
            Object.Value,
            severity,
            string.IsNullOrEmpty(reason) ? (severity == EventSeverity.Error ? "error" : "info") : reason,
            message,
            metadata,
            KustomizationServices.ControllerName));
    }

    public void Tell(EventSeverity severity, string message) => Tell(severity, message, Revision, OriginRevision);
}

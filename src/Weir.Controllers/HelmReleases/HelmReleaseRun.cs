using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>One run over a HelmRelease: what the steps and actions share.</summary>
internal sealed class HelmReleaseRun(HelmReleaseServices services, MapValue live, HelmRelease release)
{
    private const string Group = "helm.toolkit.fluxcd.io";

    public HelmReleaseServices Services { get; } = services;

    public HelmRelease Release { get; } = release;

    public ReconciledObject Object { get; } = new(services.Client, live, HelmReleaseServices.ControllerName, services.Settings.Time);

    public ConditionList Conditions => Object.Conditions;

    public MapValue Status => Object.Status;

    public HelmReleaseSpec Spec => Release.Spec;

    public string Space => Release.Metadata.Namespace;

    public string ReleaseName { get; } = HelmReleaseRenderer.ReleaseName(release);

    public string ReleaseNamespace { get; } = HelmReleaseRenderer.ReleaseNamespace(release);

    public string StorageNamespace => string.IsNullOrEmpty(Spec.StorageNamespace) ? Space : Spec.StorageNamespace;

    /// <summary>The chart, with the version that its source gives it.</summary>
    public Chart Chart { get; set; } = null!;

    /// <summary>The version that counts: the chart's, with the digest of an OCI artifact behind it.</summary>
    public string ChartVersion => Chart.Metadata.Version;

    public MapValue Values { get; set; } = [];

    public string ConfigDigest { get; set; } = "";

    /// <summary>The digest of the OCI artifact of the chart; empty for others.</summary>
    public string OciDigest { get; set; } = "";

    /// <summary>The cluster that the release goes to.</summary>
    public KubernetesClient Target { get; set; } = services.Client;

    public ReleaseStorage Storage { get; set; } = null!;

    public ReleaseHistory History => new(Status);

    /// <summary>What Helm logs during the action under way.</summary>
    public HelmLog Log { get; } = new(services.Settings.Time);

    /// <summary>How the health of what the release made is judged.</summary>
    public HealthRules Health { get; set; } = HealthRules.Default;

    /// <summary>The end of waits when something changed.</summary>
    public CancellationToken Interruption { get; set; }

    /// <summary>When the maintenance window opens that this run waits for.</summary>
    public DateTimeOffset Opens { get; set; }

    public TimeSpan Timeout => Spec.Timeout ?? new FluxDuration(TimeSpan.FromMinutes(5));

    public string? LastAction
    {
        get => Status.GetString("lastAttemptedReleaseAction");
        set => Status["lastAttemptedReleaseAction"] = value!;
    }

    /// <summary>True when a person asks for a release now, whatever the state; the request is noted as seen.</summary>
    public bool TakeForceRequest() => TakeRequest(Annotations.ForceAt, "lastHandledForceAt");

    /// <summary>True when a person asks to forget failures; the request is noted as seen.</summary>
    public bool TakeResetRequest() => TakeRequest(Annotations.ResetAt, "lastHandledResetAt");

    public long Count(string counter) => Status.GetInt(counter) ?? 0;

    public void Increment(string counter) => Status[counter] = Count(counter) + 1;

    public void ClearFailures()
    {
        Status.Remove("failures");
        Status.Remove("installFailures");
        Status.Remove("upgradeFailures");
    }

    public void Tell(EventSeverity severity, string reason, string message, Snapshot? about = null) =>
        Tell(severity, reason, message, about is null ? [] : Metadata(about.ChartVersion, about.ConfigDigest, about.AppVersion, about.OciDigest));

    /// <summary>Tells about the chart and values of this run.</summary>
    public void TellAttempt(EventSeverity severity, string reason, string message) =>
        Tell(severity, reason, message, Metadata(ChartVersion, ConfigDigest, Chart.Metadata.AppVersion, Status.GetString("lastAttemptedRevisionDigest") ?? ""));

    public static Dictionary<string, string> Metadata(string revision, string token, string appVersion, string ociDigest)
    {
        var metadata = new Dictionary<string, string>();
        Add("revision", revision);
        Add("token", token);
        Add("app-version", appVersion);
        Add("oci-digest", ociDigest);
        return metadata;

        void Add(string key, string text)
        {
            if (text.Length > 0)
            {
                metadata[$"{Group}/{key}"] = text;
            }
        }
    }

    private void Tell(EventSeverity severity, string reason, string message, Dictionary<string, string> metadata) =>
        Services.Events.Record(new(Object.Value, severity, reason, message, metadata, HelmReleaseServices.ControllerName));

    private bool TakeRequest(string annotation, string handled)
    {
        if (!Release.Metadata.Annotations.TryGetValue(annotation, out var token))
        {
            return false;
        }

        var old = Status.GetString(handled);
        Status[handled] = token;
        return token != old
            && Release.Metadata.Annotations.TryGetValue(Annotations.RequestedAt, out var requested)
            && requested == token
            && requested != Status.GetString("lastHandledReconcileAt");
    }
}

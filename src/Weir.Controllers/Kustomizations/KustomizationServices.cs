using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>What the Kustomization controller works with.</summary>
internal sealed class KustomizationServices(
    KubernetesClient client,
    ControllerSettings settings,
    EventRecorder events,
    ArtifactReader artifacts)
{
    public const string ControllerName = "kustomize-controller";

    /// <summary>The field manager of status and finalizers.</summary>
    public const string StatusManager = "gotk-kustomize-controller";

    public KubernetesClient Client { get; } = client;

    public ControllerSettings Settings { get; } = settings;

    public EventRecorder Events { get; } = events;

    public ArtifactReader Artifacts { get; } = artifacts;

    /// <summary>How long an object that waits for a source or a dependency waits when nothing tells it that the wait is over.</summary>
    public TimeSpan DependencyRetry { get; init; } = TimeSpan.FromSeconds(30);

    public bool BlocksCrossNamespace { get; init; }

    public bool AllowsExternalArtifacts { get; init; } = true;

    public string DefaultServiceAccount { get; init; } = "";

    public int ApplyConcurrency { get; init; } = 4;

    /// <summary>A new revision ends a health check that waits on an old one.</summary>
    public bool CancelsHealthChecks { get; init; } = true;

    public PruneGuard PruneGuard { get; init; } = PruneGuard.Empty;

    /// <summary>Who says in <c>dependsOn</c> that it depends on an object.</summary>
    public Func<ObjectKey, IReadOnlyList<MapValue>> DependentsOf { get; init; } = static _ => [];

    public IReadOnlyList<string> OverrideManagers { get; init; } = [];
}

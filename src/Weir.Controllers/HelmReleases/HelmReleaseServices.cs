using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Charts;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>What the HelmRelease controller works with.</summary>
internal sealed class HelmReleaseServices(
    KubernetesClient client,
    ControllerSettings settings,
    EventRecorder events,
    ArtifactReader artifacts)
{
    /// <summary>Who says so, and the field manager of everything.</summary>
    public const string ControllerName = "helm-controller";

    public KubernetesClient Client { get; } = client;

    public ControllerSettings Settings { get; } = settings;

    public EventRecorder Events { get; } = events;

    public ArtifactReader Artifacts { get; } = artifacts;

    public TimeSpan DependencyRetry { get; init; } = TimeSpan.FromSeconds(30);

    public bool BlocksCrossNamespace { get; init; }

    /// <summary>Who says in <c>dependsOn</c> that it depends on an object.</summary>
    public Func<ObjectKey, IReadOnlyList<MapValue>> DependentsOf { get; init; } = static _ => [];

    public bool AllowsExternalArtifacts { get; init; } = true;

    public string DefaultServiceAccount { get; init; } = "";

    /// <summary>Fetches what schemas of charts refer to; <see langword="null"/> fetches nothing.</summary>
    public RemoteSchemaClient? Schemas { get; init; }

    /// <summary>The name of the ServiceAccount may be resolved on the target; the chart cache is shared.</summary>
    public ChartCache Charts { get; } = new();
}

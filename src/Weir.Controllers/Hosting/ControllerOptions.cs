using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>How the controllers run.</summary>
public sealed record ControllerOptions
{
    /// <summary>The cluster whose Flux objects are reconciled. The host does not dispose it.</summary>
    public required KubernetesClient Client { get; init; }

    /// <summary>Where artifacts and caches are kept.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where artifacts are served, as <c>host:port</c>; port 0 takes a free one.</summary>
    public string ArtifactAddress { get; init; } = "127.0.0.1:0";

    /// <summary>How consumers reach the artifacts, when that is not where they are served.</summary>
    public Uri? AdvertisedArtifactAddress { get; init; }

    /// <summary>How many objects of a kind are worked on at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Local answers for remote addresses.</summary>
    public SourceMirrors Mirrors { get; init; } = SourceMirrors.None;

    /// <summary>Only this namespace is watched; empty for all.</summary>
    public string WatchNamespace { get; init; } = "";

    /// <summary>Only objects with these labels are reconciled, in the notation of label selectors.</summary>
    public string? WatchLabelSelector { get; init; }

    public bool BlocksCrossNamespaceReferences { get; init; }

    /// <summary>The ServiceAccount that objects without one act as; empty for the controllers' own rights.</summary>
    public string DefaultServiceAccount { get; init; } = "";

    /// <summary>Managers whose fields are taken over when objects are applied.</summary>
    public IReadOnlyList<string> OverrideManagers { get; init; } = [];

    /// <summary>How many objects of one Kustomization are applied at once.</summary>
    public int ApplyConcurrency { get; init; } = 4;

    /// <summary>How many artifacts of a source are kept.</summary>
    public int ArtifactRetentionRecords { get; init; } = 2;

    /// <summary>How long an artifact is kept at least after it was replaced.</summary>
    public TimeSpan ArtifactRetentionTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an object waits for a dependency when nothing tells it that the wait is over.</summary>
    public TimeSpan DependencyRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Which renderings are refused because they would delete everything.</summary>
    public PruneGuard PruneGuard { get; init; } = PruneGuard.Empty;

    /// <summary>Objects that are managed are watched, and drift is reconciled when it happens instead of at the next interval.</summary>
    public bool WatchesDrift { get; init; } = true;

    /// <summary>How far intervals stray, in percent.</summary>
    public int IntervalJitterPercentage { get; init; } = 5;

    /// <summary>Where metrics are served, as <c>host:port</c>; empty for nowhere.</summary>
    public string MetricsAddress { get; init; } = "";

    /// <summary>Where probes are answered, as <c>host:port</c>; empty for nowhere.</summary>
    public string HealthAddress { get; init; } = "";

    /// <summary>How engines agree on the one that works; without it this one works at once.</summary>
    public LeaderElectionOptions? LeaderElection { get; init; }

    /// <summary>How long a stop waits for what is under way before it ends it.</summary>
    public TimeSpan GracefulShutdownTimeout { get; init; }

    /// <summary>The first wait after a failure; it doubles up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan ShortestRetry { get; init; } = TimeSpan.FromMilliseconds(750);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Told every line of the log.</summary>
    public Action<LogEntry>? Log { get; init; }

    /// <summary>Told every event as it is recorded.</summary>
    public Action<FluxEvent>? Events { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Chance, for jitter.</summary>
    public Random Random { get; init; } = Random.Shared;
}

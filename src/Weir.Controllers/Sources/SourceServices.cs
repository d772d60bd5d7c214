using Weir.Kubernetes.Client;
using Weir.Sources.Artifacts;

namespace Weir.Controllers;

/// <summary>What the controllers of all sources share.</summary>
internal sealed class SourceServices(KubernetesClient client, ControllerSettings settings, EventRecorder events, ArtifactStore store, Uri artifactAddress)
{
    public const string ControllerName = "source-controller";

    public KubernetesClient Client { get; } = client;

    public ControllerSettings Settings { get; } = settings;

    public EventRecorder Events { get; } = events;

    public ArtifactStore Store { get; } = store;

    public int ArtifactRetention { get; init; } = 2;

    public TimeSpan ArtifactTimeToLive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a source that waits for another waits.</summary>
    public TimeSpan DependencyRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where consumers fetch an artifact.</summary>
    public string UrlOf(string path) => new Uri(artifactAddress, path).ToString();

    /// <summary>An artifact as a status writes it.</summary>
    public Values.MapValue Describe(Weir.Sources.Artifacts.Artifact artifact, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var map = new Values.MapValue
        {
            ["digest"] = artifact.Digest,
            ["lastUpdateTime"] = Flux.FluxTime.Write(artifact.LastUpdateTime),
        };
        if (metadata is { Count: > 0 })
        {
            var entries = new Values.MapValue();
            foreach (var (key, value) in metadata)
            {
                entries[key] = value;
            }

            map["metadata"] = entries;
        }

        map["path"] = artifact.Path;
        map["revision"] = artifact.Revision;
        map["size"] = artifact.Size;
        map["url"] = UrlOf(artifact.Path);
        return map;
    }
}

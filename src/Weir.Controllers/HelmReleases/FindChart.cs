using Weir.Flux;
using Weir.Helm;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds the source of the chart and loads it.</summary>
internal static class FindChart
{
    /// <summary>The source's artifact, or <see langword="null"/> while there is none: the run's condition says why.</summary>
    public static async Task<MapValue?> FindArtifactAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var (kind, space, name) = Reference(run);
        if (run.Services.BlocksCrossNamespace && space != run.Space)
        {
            throw new AccessDeniedException($"can't access '{kind}/{space}/{name}', cross-namespace references have been blocked");
        }

        if (kind == "ExternalArtifact" && !run.Services.AllowsExternalArtifacts)
        {
            throw new AccessDeniedException($"can't access '{kind}/{space}/{name}', ExternalArtifact feature gate is disabled");
        }

        var source = await run.Services.Client.GetAsync(
            new GroupVersionKind(HelmChart.Kind.Group, HelmChart.Kind.Version, kind), space, name, cancellationToken).ConfigureAwait(false);
        var artifact = source.At("status", "artifact") as MapValue;
        if (Problem(source, artifact, run) is { } problem)
        {
            run.Conditions.SetFalse(ConditionTypes.Ready, HelmReleaseReasons.SourceNotReady, $"{kind} '{space}/{name}' is not ready: {problem}");
            return null;
        }

        return artifact;
    }

    /// <summary>Loads the chart into the run. Throws <see cref="ArtifactException"/> or <see cref="HelmActionException"/>.</summary>
    public static async Task LoadAsync(HelmReleaseRun run, MapValue artifact, CancellationToken cancellationToken)
    {
        var digest = artifact.GetString("digest") ?? "";
        var loaded = run.Services.Charts.Find(digest)
            ?? run.Services.Charts.Load(digest, await run.Services.Artifacts.ReadAsync(artifact, cancellationToken).ConfigureAwait(false));
        if (!loaded.TryGet(out var chart))
        {
            throw new HelmActionException(loaded.Diagnostics.First(static d => d.Severity == Severity.Error).Message);
        }

        run.Chart = chart;
        if (Reference(run).Kind is "OCIRepository" or "ExternalArtifact")
        {
            SetRevision(run, artifact.GetString("revision") ?? "");
        }
    }

    // A tag can be pushed again: the digest behind the version makes that another chart.
    private static void SetRevision(HelmReleaseRun run, string revision)
    {
        var at = revision.IndexOf('@', StringComparison.Ordinal);
        var (tag, digest) = at < 0 ? ("", revision) : (revision[..at], revision[(at + 1)..]);
        var colon = digest.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || digest.Length - colon - 1 < 12)
        {
            throw new HelmActionException($"unsupported OCI artifact revision {revision}");
        }

        if (!SemanticVersion.TryParse(run.Chart.Metadata.Version, out var version))
        {
            throw new HelmActionException($"failed to parse chart version '{run.Chart.Metadata.Version}'");
        }

        _ = tag;
        run.OciDigest = digest;
        var hash = digest.Substring(colon + 1, 12);
        var next = new SemanticVersion(version.Major, version.Minor, version.Patch, version.Prerelease, hash);
        run.Chart = run.Chart.WithVersion(next.ToString());
    }

    private static (string Kind, string Space, string Name) Reference(HelmReleaseRun run)
    {
        if (run.Spec.ChartRef is { } reference)
        {
            return (reference.Kind, string.IsNullOrEmpty(reference.Namespace) ? run.Space : reference.Namespace, reference.Name);
        }

        var chart = run.Status.GetString("helmChart") ?? "";
        var slash = chart.IndexOf('/', StringComparison.Ordinal);
        return ("HelmChart", slash < 0 ? "" : chart[..slash], chart[(slash + 1)..]);
    }

    private static string? Problem(MapValue source, MapValue? artifact, HelmReleaseRun run)
    {
        if (source.GetString("kind") == "ExternalArtifact")
        {
            return artifact is null ? "does not have an artifact" : null;
        }

        var conditions = new ConditionList(source.GetMap("status") ?? [], 0, run.Services.Settings.Time);
        if (source.GetMap("metadata")?.GetInt("generation") != source.GetMap("status")?.GetInt("observedGeneration"))
        {
            return conditions.IsFalse(ConditionTypes.Ready)
                ? conditions.Message(ConditionTypes.Ready)
                : "latest generation of object has not been reconciled";
        }

        return conditions.IsTrue(ConditionTypes.Stalled) ? conditions.Message(ConditionTypes.Stalled)
            : artifact is null ? "does not have an artifact"
            : null;
    }
}

using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds the source of a chart, with its artifact.</summary>
internal static class ChartSourceStep
{
    private static readonly Dictionary<string, (GroupVersionKind Kind, string Plural)> Kinds = new(StringComparer.Ordinal)
    {
        ["HelmRepository"] = (HelmRepository.Kind, "helmrepositories"),
        ["GitRepository"] = (GitRepository.Kind, "gitrepositories"),
        ["Bucket"] = (Bucket.Kind, "buckets"),
    };

    public static async Task<(MapValue? Source, SourceOutcome? Outcome)> FindAsync(
        SourceServices services,
        SourceRun run,
        HelmChart chart,
        CancellationToken cancellationToken)
    {
        var reference = chart.Spec.SourceRef ?? new();
        if (!Kinds.TryGetValue(reference.Kind, out var kind))
        {
            var message = $"failed to get source: unsupported source kind '{reference.Kind}', must be one of: [HelmRepository GitRepository Bucket]";
            run.Fail(ConditionTypes.FetchFailed, SourceReasons.SourceUnavailable, message);
            return (null, SourceOutcome.Stalled(SourceReasons.UnsupportedSourceKind, message));
        }

        var source = await services.Client.FindAsync(kind.Kind, chart.Metadata.Namespace, reference.Name, cancellationToken).ConfigureAwait(false);
        if (source is null)
        {
            var message = $"failed to get source: {kind.Plural}.{kind.Kind.Group} \"{reference.Name}\" not found";
            return (null, run.FailStep(ConditionTypes.FetchFailed, SourceReasons.SourceUnavailable, message));
        }

        var isRegistry = kind.Kind == HelmRepository.Kind && source.GetMap("spec")?.GetString("type") == "oci";
        if (!isRegistry && !IsStored(services, source))
        {
            var message = $"no artifact available for {reference.Kind} source '{reference.Name}'";
            run.Fail(ConditionTypes.FetchFailed, SourceReasons.NoSourceArtifact, message);
            return (null, SourceOutcome.Waiting(SourceReasons.NoSourceArtifact, message) with { After = services.DependencyRetry });
        }

        if (source.At("status", "artifact", "revision") is StringValue revision)
        {
            run.Object.Status["observedSourceArtifactRevision"] = revision.Value;
        }

        return (source, null);
    }

    private static bool IsStored(SourceServices services, MapValue source)
    {
        if (source.At("status", "artifact", "path") is not StringValue path)
        {
            return false;
        }

        using var file = services.Store.Open(path.Value);
        return file is not null;
    }
}

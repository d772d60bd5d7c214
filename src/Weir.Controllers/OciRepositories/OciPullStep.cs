using Weir.Flux;
using Weir.Sources;
using Weir.Sources.Oci;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Asks the registry (or its mirror) for the digest, and pulls the layer unless nothing changed.</summary>
internal static class OciPullStep
{
    public static async Task<OciPull> RunAsync(
        OciClient registries,
        SourceRun run,
        OciRepository repository,
        OciRequest request,
        Func<OciRevision, CancellationToken, Task<SourceOutcome?>> verify,
        CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(repository.Spec.Timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        var mediaType = repository.Spec.LayerSelector?.MediaType is { Length: > 0 } type ? type : null;
        var reference = Weir.Sources.Oci.OciReference.Of(repository.Spec.Ref);
        OciRevision revision;
        try
        {
            revision = await registries.ResolveAsync(request, reference, mediaType, limit.Token).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return FailToResolve(run, repository, reference, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FailToResolve(run, repository, reference, "context deadline exceeded");
        }

        try
        {
            if (await verify(revision, limit.Token).ConfigureAwait(false) is { } unverified)
            {
                return new() { Outcome = unverified };
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FailToPull(run, repository, "context deadline exceeded");
        }

        if (run.Revision == revision.ToString() && IsSameContent(run))
        {
            run.Conditions.Remove(ConditionTypes.FetchFailed);
            return new() { Revision = revision };
        }

        if (run.Revision != revision.ToString())
        {
            var url = OciUrl.Parse(repository.Spec.Url);
            var name = revision.Tag is null ? $"{url}@{revision.Digest}" : $"{url}:{revision.Tag}";
            await run.OutdateAsync($"new revision '{revision}' for '{name}'", cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var layer = await registries.PullAsync(request, revision, mediaType, limit.Token).ConfigureAwait(false);
            run.Conditions.Remove(ConditionTypes.FetchFailed);
            return new() { Revision = revision, Layer = layer };
        }
        catch (SourceException e) when (e.Failure == SourceFailure.NoLayer)
        {
            return new() { Outcome = run.FailStep(ConditionTypes.FetchFailed, SourceReasons.OciLayerOperationFailed, e.Message) };
        }
        catch (SourceException e)
        {
            return FailToPull(run, repository, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return FailToPull(run, repository, "context deadline exceeded");
        }
    }

    /// <summary>True when the artifact holds what these settings ask for.</summary>
    public static bool IsSameContent(SourceRun run)
    {
        var spec = run.Object.Value.GetMap("spec") ?? [];
        return Value.DeepEquals(spec["ignore"], run.Object.Status["observedIgnore"])
            && Value.DeepEquals(spec["layerSelector"], run.Object.Status["observedLayerSelector"]);
    }

    private static OciPull FailToResolve(SourceRun run, OciRepository repository, Weir.Sources.Oci.OciReference reference, string cause)
    {
        // With a range it is the list of tags that cannot be had.
        var outcome = reference is { Digest: null, SemVer: not null }
            ? run.FailStep(ConditionTypes.FetchFailed, SourceReasons.ReadOperationFailed, $"failed to determine the artifact tag for '{repository.Spec.Url}': {cause}")
            : run.FailStep(ConditionTypes.FetchFailed, SourceReasons.OciPullFailed, $"failed to determine artifact digest: {cause}");
        return new() { Outcome = outcome };
    }

    private static OciPull FailToPull(SourceRun run, OciRepository repository, string cause) => new()
    {
        Outcome = run.FailStep(ConditionTypes.FetchFailed, SourceReasons.OciPullFailed, $"failed to pull artifact from '{repository.Spec.Url}': {cause}"),
    };
}

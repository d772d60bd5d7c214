using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Keeps the artifact of an OCIRepository at the manifest that its reference names: storage, credentials, signature, digest,
/// layer, archive.
/// </summary>
internal sealed class OciRepositoryController(SourceServices services, RemoteSources remotes) : IReconciler
{
    private const string OriginSource = "org.opencontainers.image.source";
    private const string OriginRevision = "org.opencontainers.image.revision";

    public GroupVersionKind Kind => OciRepository.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new SourceRun(services, live);
        var repository = OciRepository.Read(live).Result!;
        if (await SourceLifecycle.HandleAsync(services, run, "ocirepository", repository.Spec.Suspend == true, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        await run.BeginAsync(cancellationToken).ConfigureAwait(false);
        await run.CheckStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await RunAsync(run, repository, cancellationToken).ConfigureAwait(false);
        return await run.SummarizeAsync(outcome, repository.Spec.Interval ?? default(FluxDuration), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceOutcome> RunAsync(SourceRun run, OciRepository repository, CancellationToken cancellationToken)
    {
        var (request, refusal) = await OciAccessStep.RunAsync(services, remotes, run, repository, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (run.Conditions.IsFalse(ConditionTypes.SourceVerified))
        {
            run.Conditions.Remove(ConditionTypes.SourceVerified);
        }

        var pull = await OciPullStep.RunAsync(
            remotes.Registries,
            run,
            repository,
            request!,
            (revision, limit) => OciVerificationStep.RunAsync(services, remotes.Registries, run, repository, request!, revision, limit),
            cancellationToken).ConfigureAwait(false);
        if (pull.Outcome is { } ended)
        {
            return ended;
        }

        var archived = await OciArchiveStep.RunAsync(services, run, repository, pull, cancellationToken).ConfigureAwait(false);
        if (archived.Kind == SourceOutcomeKind.Done)
        {
            run.TellArtifact(
                $"stored artifact with revision '{run.Revision}' from '{repository.Spec.Url}'{Origin(run)}",
                ConditionTypes.FetchFailed,
                ConditionTypes.StorageOperationFailed);
        }

        return archived;
    }

    private static string Origin(SourceRun run)
    {
        var metadata = run.Artifact?.GetMap("metadata");
        return metadata?.GetString(OriginSource) is { Length: > 0 } source && metadata.GetString(OriginRevision) is { Length: > 0 } revision
            ? $", origin source '{source}', origin revision '{revision}'"
            : "";
    }
}

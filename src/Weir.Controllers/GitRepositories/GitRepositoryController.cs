using Weir.Flux;
using Weir.Kubernetes;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Keeps the artifact of a GitRepository at the commit that its reference names: storage, credentials, includes, commit,
/// signature, files, archive.
/// </summary>
internal sealed class GitRepositoryController(SourceServices services, GitClient git, SourceMirrors mirrors) : IReconciler
{
    public GroupVersionKind Kind => GitRepository.Kind;

    public async Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken)
    {
        if (await services.Client.FindAsync(Kind, name.Namespace, name.Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReconcileResult.Done;
        }

        var run = new SourceRun(services, live);
        var repository = GitRepository.Read(live).Result!;
        if (await SourceLifecycle.HandleAsync(services, run, "gitrepository", repository.Spec.Suspend == true, cancellationToken).ConfigureAwait(false) is { } early)
        {
            return early;
        }

        await run.BeginAsync(cancellationToken).ConfigureAwait(false);
        await run.CheckStorageAsync(cancellationToken).ConfigureAwait(false);
        var outcome = await RunAsync(run, repository, cancellationToken).ConfigureAwait(false);
        return await run.SummarizeAsync(outcome, repository.Spec.Interval ?? default(FluxDuration), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SourceOutcome> RunAsync(SourceRun run, GitRepository repository, CancellationToken cancellationToken)
    {
        if (run.Conditions.IsFalse(ConditionTypes.SourceVerified))
        {
            run.Conditions.Remove(ConditionTypes.SourceVerified);
        }

        // A mirror needs no credentials.
        var isMirrored = mirrors.Find(repository.Spec.Url) is not null;
        var (credentials, refusal) = isMirrored
            ? (null, null)
            : await GitCredentialsStep.RunAsync(services, run, repository, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var (includes, unavailable) = await GitIncludesStep.FindAsync(services, run, repository, cancellationToken).ConfigureAwait(false);
        if (unavailable is not null)
        {
            return unavailable;
        }

        using var folder = new WorkFolder();
        var checkout = await GitCheckoutStep.RunAsync(git, mirrors, run, repository, credentials, includes, folder.Path, cancellationToken).ConfigureAwait(false);
        if (checkout.Outcome is { } ended)
        {
            return ended;
        }

        if (await GitVerificationStep.RunAsync(services, git, run, repository, checkout, cancellationToken).ConfigureAwait(false) is { } unverified)
        {
            return unverified;
        }

        if (run.Revision != checkout.Revision)
        {
            var message = $"new upstream revision '{checkout.Revision}'";
            if (run.Artifact is not null)
            {
                run.Conditions.SetTrue(ConditionTypes.ArtifactOutdated, SourceReasons.NewRevision, message);
            }

            run.Progress(replaceReady: true, $"building artifact: {message}");
            await run.Object.PatchAsync(cancellationToken).ConfigureAwait(false);
        }

        if (GitIncludesStep.Copy(services, run, repository, includes, checkout.Folder) is { } failed)
        {
            return failed;
        }

        var archived = await GitArchiveStep.RunAsync(services, run, repository, includes, checkout, cancellationToken).ConfigureAwait(false);
        if (archived.Kind == SourceOutcomeKind.Done)
        {
            run.TellArtifact(
                $"stored artifact for commit '{checkout.Subject}'",
                ConditionTypes.FetchFailed,
                ConditionTypes.IncludeUnavailable,
                ConditionTypes.StorageOperationFailed);
        }

        return archived;
    }
}

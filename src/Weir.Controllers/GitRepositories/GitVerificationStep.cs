using Weir.Flux;
using Weir.Sources.Git;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a repository asks for.</summary>
internal static class GitVerificationStep
{
    /// <summary><see langword="null"/> to go on.</summary>
    public static Task<SourceOutcome?> RunAsync(
        SourceServices services,
        GitClient git,
        SourceRun run,
        GitRepository repository,
        GitCheckout checkout,
        CancellationToken cancellationToken)
    {
        _ = services;
        _ = git;
        _ = checkout;
        cancellationToken.ThrowIfCancellationRequested();
        if (repository.Spec.Verify is null)
        {
            run.Object.Status.Remove("sourceVerificationMode");
            run.Conditions.Remove(ConditionTypes.SourceVerified);
            return Task.FromResult<SourceOutcome?>(null);
        }

        const string message = "spec.verify is not supported yet: the commit's signature was not checked and its content is not used";
        run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, message);
        return Task.FromResult<SourceOutcome?>(SourceOutcome.Stalled(SourceReasons.VerificationError, message));
    }
}

using Weir.Flux;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a repository asks for.</summary>
internal static class OciVerificationStep
{
    /// <summary><see langword="null"/> to go on.</summary>
    public static SourceOutcome? Run(SourceRun run, OciRepository repository)
    {
        if (run.Conditions.IsFalse(ConditionTypes.SourceVerified) || repository.Spec.Verify is null)
        {
            run.Conditions.Remove(ConditionTypes.SourceVerified);
        }

        if (repository.Spec.Verify is not { } verify)
        {
            return null;
        }

        var message = $"spec.verify with provider '{verify.Provider}' is not supported yet: the signature was not checked and the content is not used";
        run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, message);
        return SourceOutcome.Stalled(SourceReasons.VerificationError, message);
    }
}

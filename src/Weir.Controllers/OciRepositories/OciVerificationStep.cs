using Weir.Flux;
using Weir.Sources.Oci;
using Weir.Sources.Signatures;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a repository asks for.</summary>
internal static class OciVerificationStep
{
    /// <summary><see langword="null"/> to go on.</summary>
    public static async Task<SourceOutcome?> RunAsync(
        SourceServices services,
        OciClient registry,
        SourceRun run,
        OciRepository repository,
        OciRequest request,
        OciRevision revision,
        CancellationToken cancellationToken)
    {
        if (repository.Spec.Verify is not { } verify)
        {
            run.Conditions.Remove(ConditionTypes.SourceVerified);
            return null;
        }

        // What is stored was verified, and neither it nor the object has changed since.
        var generation = run.Object.Value.GetMap("metadata")?.GetInt("generation");
        if (run.Revision == revision.ToString() && run.Conditions.IsTrue(ConditionTypes.SourceVerified)
            && run.Conditions.Find(ConditionTypes.SourceVerified)?.GetInt("observedGeneration") == generation)
        {
            return null;
        }

        var step = new VerifyArtifact(services.Client, registry, repository.Metadata.Namespace)
        {
            Provider = verify.Provider,
            SecretRef = verify.SecretRef,
            TrustedRootSecretRef = verify.TrustedRootSecretRef,
            Identities = verify.MatchOidcIdentity ?? [],
        };
        try
        {
            if (revision.Mirror is not null)
            {
                throw new SignatureException("the mirror of this repository has no signatures") { IsUnsupported = true };
            }

            if (await step.RunAsync(request, revision.Digest, cancellationToken).ConfigureAwait(false))
            {
                run.Conditions.SetTrue(ConditionTypes.SourceVerified, Reasons.Succeeded, $"verified signature of revision {revision}");
            }

            return null;
        }
        catch (SignatureException e)
        {
            var message = $"failed to verify the signature using provider '{step.Title}': {e.Message}";
            run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, message);
            return e.IsUnsupported
                ? SourceOutcome.Stalled(SourceReasons.VerificationError, message)
                : SourceOutcome.Failed(SourceReasons.VerificationError, message);
        }
    }
}

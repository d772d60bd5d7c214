using Weir.Flux;
using Weir.Sources;
using Weir.Sources.Signatures;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a chart asks for, at every reconciliation. As in Flux only charts in registries have any.</summary>
internal static class ChartVerificationStep
{
    /// <summary><see langword="null"/> to go on.</summary>
    public static async Task<ChartBuild?> RunAsync(
        SourceServices services,
        RemoteSources remotes,
        SourceRun run,
        HelmChart chart,
        HelmRepository repository,
        RemoteCharts charts,
        RemoteChart found,
        CancellationToken cancellationToken)
    {
        if (chart.Spec.Verify is not { Provider.Length: > 0 } verify || repository.Spec.Type != "oci")
        {
            return null;
        }

        var step = new VerifyArtifact(services.Client, remotes.Registries, chart.Metadata.Namespace)
        {
            Provider = verify.Provider,
            SecretRef = verify.SecretRef,
            Identities = verify.MatchOidcIdentity ?? [],
        };
        try
        {
            if (await charts.VerifyAsync(found, step, cancellationToken).ConfigureAwait(false))
            {
                run.Conditions.SetTrue(ConditionTypes.SourceVerified, Reasons.Succeeded, $"verified signature of version {found.Version}");
            }

            return null;
        }
        catch (SourceException e)
        {
            return ChartBuild.Failed(ChartFault.Pull, $"failed to download chart for remote reference: {e.Message}");
        }
        catch (SignatureException e) when (e.IsUnsupported)
        {
            var message = $"failed to verify the signature using provider '{step.Title}': {e.Message}";
            run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, message);
            return ChartBuild.Ended(SourceOutcome.Stalled(SourceReasons.VerificationError, message));
        }
        catch (SignatureException e)
        {
            var cause = $"failed to verify {repository.Spec.Url.TrimEnd('/')}/{found.Name}:{found.Version}: {e.Message}";
            run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, $"{ChartFault.Verification.Summary}: {cause}");
            return ChartBuild.Failed(ChartFault.Verification, cause);
        }
    }
}

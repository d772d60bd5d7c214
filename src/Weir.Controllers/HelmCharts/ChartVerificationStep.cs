using Weir.Flux;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a chart asks for. As in Flux only charts in registries have any.</summary>
internal static class ChartVerificationStep
{
    /// <summary><see langword="null"/> to go on.</summary>
    public static SourceOutcome? Run(SourceRun run, HelmChart chart, HelmRepository repository)
    {
        if (chart.Spec.Verify is not { } verify || repository.Spec.Type != "oci")
        {
            return null;
        }

        var message = $"spec.verify with provider '{verify.Provider}' is not supported yet: the signature was not checked and the chart is not used";
        run.Conditions.SetFalse(ConditionTypes.SourceVerified, SourceReasons.VerificationError, message);
        return SourceOutcome.Stalled(SourceReasons.VerificationError, message);
    }
}

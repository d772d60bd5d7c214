namespace Weir.Controllers;

/// <summary>Why a chart cannot be built: the reason in conditions, the words before the cause, and what it means for the object.</summary>
internal sealed record ChartFault(string Reason, string Summary, bool IsPersistent, bool IsBuild)
{
    public static ChartFault Reference { get; } = new(SourceReasons.InvalidChartReference, "invalid chart reference", IsPersistent: true, IsBuild: false);

    public static ChartFault Pull { get; } = new(SourceReasons.ChartPullError, "chart pull error", IsPersistent: false, IsBuild: false);

    public static ChartFault Metadata { get; } = new("MetadataPatchError", "chart metadata patch error", IsPersistent: true, IsBuild: true);

    public static ChartFault ValuesFiles { get; } = new("ValuesFilesError", "values files merge error", IsPersistent: true, IsBuild: true);

    public static ChartFault Dependencies { get; } = new("DependencyBuildError", "dependency build error", IsPersistent: false, IsBuild: true);

    public static ChartFault Package { get; } = new(SourceReasons.ChartPackageError, "chart package error", IsPersistent: false, IsBuild: true);

    public static ChartFault Verification { get; } = new("ChartVerificationError", "chart verification error", IsPersistent: true, IsBuild: true);
}

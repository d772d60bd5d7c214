using System.Globalization;

namespace Weir.Fleet;

/// <summary>The result as variables, which later jobs of a pipeline can decide by.</summary>
public static class DotenvReport
{
    /// <param name="report">The report.</param>
    /// <param name="failsOn">The severity from which a finding is a failure; <see langword="null"/> for none.</param>
    public static string Write(FleetReport report, FindingSeverity? failsOn)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (created, changed, deleted) = report.Objects;
        return string.Create(CultureInfo.InvariantCulture, $"""
            WEIR_RESULT={report.Verdict(failsOn).ToString().ToLowerInvariant()}
            WEIR_CLUSTERS={report.Clusters.Count}
            WEIR_APPLICATIONS={report.Diff.Units.Count}
            WEIR_CREATED={created}
            WEIR_CHANGED={changed}
            WEIR_DELETED={deleted}
            WEIR_FINDINGS={report.Findings.Count}

            """);
    }
}

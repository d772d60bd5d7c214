namespace Weir.Controllers;

/// <summary>The reasons of HelmReleases.</summary>
internal static class HelmReleaseReasons
{
    public const string InstallSucceeded = "InstallSucceeded";
    public const string InstallFailed = "InstallFailed";
    public const string UpgradeSucceeded = "UpgradeSucceeded";
    public const string UpgradeFailed = "UpgradeFailed";
    public const string TestSucceeded = "TestSucceeded";
    public const string TestFailed = "TestFailed";
    public const string RollbackSucceeded = "RollbackSucceeded";
    public const string RollbackFailed = "RollbackFailed";
    public const string UninstallSucceeded = "UninstallSucceeded";
    public const string UninstallFailed = "UninstallFailed";
    public const string SourceNotReady = "SourceNotReady";
    public const string ValuesError = "ValuesError";
    public const string ChartMutateError = "ChartMutateError";
    public const string RestClientError = "RESTClientError";
    public const string StateError = "StateError";
    public const string ReconcileError = "ReconcileError";
    public const string RetriesExceeded = "RetriesExceeded";
    public const string MissingRollbackTarget = "MissingRollbackTarget";
    public const string PendingRelease = "PendingRelease";
    public const string AwaitingTests = "AwaitingTests";
    public const string DriftDetected = "DriftDetected";
    public const string NoDriftDetected = "NoDriftDetected";
    public const string DriftCorrected = "DriftCorrected";
    public const string DriftCorrectionFailed = "DriftCorrectionFailed";
    public const string HelmChartCreated = "HelmChartCreated";
    public const string HelmChartConfigured = "HelmChartConfigured";
    public const string HelmChartDeleted = "HelmChartDeleted";
    public const string HelmChartSyncErr = "HelmChartSyncErr";
}

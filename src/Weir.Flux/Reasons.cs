namespace Weir.Flux;

/// <summary>The reasons that more than one kind uses. Those of one kind stand in its controller's folder.</summary>
public static class Reasons
{
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";
    public const string Progressing = "Progressing";
    public const string ProgressingWithRetry = "ProgressingWithRetry";
    public const string Suspended = "Suspended";
    public const string DependencyNotReady = "DependencyNotReady";
    public const string InvalidPath = "InvalidPath";
    public const string PruneFailed = "PruneFailed";
    public const string ArtifactFailed = "ArtifactFailed";
    public const string BuildFailed = "BuildFailed";
    public const string HealthCheckFailed = "HealthCheckFailed";
    public const string HealthCheckCanceled = "HealthCheckCanceled";
    public const string ReconciliationSucceeded = "ReconciliationSucceeded";
    public const string ReconciliationFailed = "ReconciliationFailed";
    public const string InvalidCelExpression = "InvalidCELExpression";
    public const string FeatureGateDisabled = "FeatureGateDisabled";
    public const string AccessDenied = "AccessDenied";
}

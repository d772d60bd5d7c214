namespace Weir.Flux;

/// <summary>The types of conditions that Flux's kinds have.</summary>
public static class ConditionTypes
{
    public const string Ready = "Ready";
    public const string Reconciling = "Reconciling";
    public const string Stalled = "Stalled";

    // Kustomization.
    public const string Healthy = "Healthy";

    // Sources.
    public const string ArtifactInStorage = "ArtifactInStorage";
    public const string ArtifactOutdated = "ArtifactOutdated";
    public const string SourceVerified = "SourceVerified";
    public const string FetchFailed = "FetchFailed";
    public const string BuildFailed = "BuildFailed";
    public const string StorageOperationFailed = "StorageOperationFailed";
    public const string IncludeUnavailable = "IncludeUnavailable";

    // HelmRelease.
    public const string Released = "Released";
    public const string TestSuccess = "TestSuccess";
    public const string Remediated = "Remediated";
    public const string Drifted = "Drifted";
}

namespace Weir.Controllers;

/// <summary>The reasons of sources.</summary>
internal static class SourceReasons
{
    public const string UrlInvalid = "URLInvalid";
    public const string AuthenticationFailed = "AuthenticationFailed";
    public const string VerificationError = "VerificationError";
    public const string ArtifactUpToDate = "ArtifactUpToDate";
    public const string NewArtifact = "NewArtifact";
    public const string NewRevision = "NewRevision";
    public const string IncludeChange = "IncludeChange";
    public const string GarbageCollectionSucceeded = "GarbageCollectionSucceeded";
    public const string ArchiveOperationFailed = "ArchiveOperationFailed";
    public const string GitOperationFailed = "GitOperationFailed";
    public const string GitOperationSucceeded = "GitOperationSucceeded";
    public const string CopyFailure = "CopyFailure";
    public const string IllegalPath = "IllegalPath";
    public const string NotFound = "NotFound";
    public const string NoArtifact = "NoArtifact";
    public const string InvalidProviderConfiguration = "InvalidProviderConfiguration";
    public const string OciPullFailed = "OCIArtifactPullFailed";
    public const string OciLayerOperationFailed = "OCIArtifactLayerOperationFailed";
    public const string IndexationFailed = "IndexationFailed";
    public const string NoSourceArtifact = "NoSourceArtifact";
    public const string SourceUnavailable = "SourceUnavailable";
    public const string ChartPullSucceeded = "ChartPullSucceeded";
    public const string ChartPackageSucceeded = "ChartPackageSucceeded";
    public const string ChartPullError = "ChartPullError";
    public const string ChartPackageError = "ChartPackageError";
    public const string InvalidChartReference = "InvalidChartReference";
    public const string ReadOperationFailed = "ReadOperationFailed";
    public const string UnsupportedSourceKind = "UnsupportedSourceKind";
    public const string NewChart = "NewChart";
    public const string ResolvedDependencies = "ResolvedDependencies";
    public const string BucketOperationFailed = "BucketOperationFailed";
    public const string BucketOperationSucceeded = "BucketOperationSucceeded";
    public const string Unsupported = "Unsupported";
}

namespace Weir.Controllers;

/// <summary>The reasons that only ArtifactGenerators have.</summary>
internal static class ArtifactGeneratorReasons
{
    public const string ReconciliationDisabled = "ReconciliationDisabled";
    public const string ValidationFailed = "ValidationFailed";
    public const string SourceFetchFailed = "SourceFetchFailed";
}

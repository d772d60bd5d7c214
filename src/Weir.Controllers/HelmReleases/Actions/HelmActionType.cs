namespace Weir.Controllers;

/// <summary>What kind of action it is; each runs at most once in a reconciliation.</summary>
internal enum HelmActionType
{
    Release,
    Test,
    Remediate,
    Unlock,
    CorrectDrift,
}

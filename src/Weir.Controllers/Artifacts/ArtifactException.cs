namespace Weir.Controllers;

/// <summary>An artifact cannot be had. One that is missing comes back when its source is reconciled.</summary>
internal sealed class ArtifactException(string message, bool isMissing) : Exception(message)
{
    public bool IsMissing { get; } = isMissing;
}
